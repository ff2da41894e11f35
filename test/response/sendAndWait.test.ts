import { providers } from '../support/providers';
import { describeSendAndWait } from '../support/responseTable';

providers.forEach(describeSendAndWait);
