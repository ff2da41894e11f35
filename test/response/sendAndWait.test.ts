import { balesOtomatis } from '../balesotomatis/bench';
import { chatalo } from '../chatalo/bench';
import { chategy } from '../chategy/bench';
import { describeSendAndWait } from '../support/responseTable';
import { wapio } from '../wapio/bench';
import { whacenter } from '../whacenter/bench';

describeSendAndWait('BalesOtomatis', balesOtomatis);
describeSendAndWait('Chatalo', chatalo);
describeSendAndWait('Chategy', chategy);
describeSendAndWait('Wapio', wapio);
describeSendAndWait('Whacenter', whacenter);
