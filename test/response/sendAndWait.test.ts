import { balesOtomatis } from '../providers/balesotomatis/bench';
import { chatalo } from '../providers/chatalo/bench';
import { chategy } from '../providers/chategy/bench';
import { wapio } from '../providers/wapio/bench';
import { whacenter } from '../providers/whacenter/bench';
import { describeSendAndWait } from '../support/responseTable';

describeSendAndWait('BalesOtomatis', balesOtomatis);
describeSendAndWait('Chatalo', chatalo);
describeSendAndWait('Chategy', chategy);
describeSendAndWait('Wapio', wapio);
describeSendAndWait('Whacenter', whacenter);
