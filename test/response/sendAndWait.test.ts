import { providers } from '../support/providers';
import { describeSendAndWait } from '../support/tables/responseTable';

providers.forEach(describeSendAndWait);
