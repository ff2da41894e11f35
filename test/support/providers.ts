/** The providers with what their contracts are played with. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { BalesOtomatisApi } from '../../credentials/BalesOtomatisApi.credentials';
import { ChataloApi } from '../../credentials/ChataloApi.credentials';
import { ChategyApi } from '../../credentials/ChategyApi.credentials';
import { ChategyDeveloperApi } from '../../credentials/ChategyDeveloperApi.credentials';
import { WapioApi } from '../../credentials/WapioApi.credentials';
import { WhacenterApi } from '../../credentials/WhacenterApi.credentials';
import { BalesOtomatis } from '../../nodes/BalesOtomatis/BalesOtomatis.node';
import { Chatalo } from '../../nodes/Chatalo/Chatalo.node';
import { Chategy } from '../../nodes/Chategy/Chategy.node';
import { Wapio } from '../../nodes/Wapio/Wapio.node';
import { Whacenter } from '../../nodes/Whacenter/Whacenter.node';
import {
	balesOtomatisRequests,
	chataloRequests,
	chategyCallbacks,
	chategyRequests,
	wapioRequests,
	whacenterRequests,
} from '../contracts/requests';
import type { Contract, InboundContract } from '../contracts/types';
import {
	balesOtomatisContracts,
	balesOtomatisDefaults,
	balesOtomatisKeys,
} from '../providers/balesotomatis/contracts/contracts';
import { balesOtomatisInbound } from '../providers/balesotomatis/contracts/inbound';
import { chataloContracts, chataloKeys } from '../providers/chatalo/contracts/contracts';
import { chataloInbound } from '../providers/chatalo/contracts/inbound';
import { chategyContracts, chategyKeys, IDEMPOTENCY_KEY } from '../providers/chategy/contracts/contracts';
import { chategyInbound } from '../providers/chategy/contracts/inbound';
import { wapioContracts, wapioKeys } from '../providers/wapio/contracts/contracts';
import { whacenterContracts, whacenterKeys } from '../providers/whacenter/contracts/contracts';
import { whacenterInbound } from '../providers/whacenter/contracts/inbound';
import type { CredentialSource } from './credentials';
import type { NodeSource } from './nodeTypes';

/** A credential type with the values that contracts are written for. */
export interface ProviderCredential {
	source: CredentialSource;
	values: ICredentialDataDecryptedObject;
}

/** One provider's nodes and contracts. */
export interface Provider {
	name: string;
	node: NodeSource;
	type: string;
	/** By credential type. Of several, every run is given all. */
	credentials: Record<string, ProviderCredential>;
	/** Path of the base URL, to see that it is joined and not replaced. */
	basePath: string;
	/** Values that may appear in no error. */
	secrets: string[];
	contracts: Contract[];
	inbound: InboundContract[];
	requests: string[];
}

/** All providers. */
export const providers: Provider[] = [
	{
		name: 'Chatalo',
		node: Chatalo,
		type: 'chatalo',
		credentials: { chataloApi: { source: ChataloApi, values: chataloKeys } },
		basePath: '/api/v1',
		secrets: Object.values(chataloKeys),
		contracts: chataloContracts,
		inbound: chataloInbound,
		requests: chataloRequests,
	},
	{
		name: 'Whacenter',
		node: Whacenter,
		type: 'whacenter',
		credentials: { whacenterApi: { source: WhacenterApi, values: whacenterKeys } },
		basePath: '/api',
		secrets: Object.values(whacenterKeys),
		contracts: whacenterContracts,
		inbound: whacenterInbound,
		requests: whacenterRequests,
	},
	{
		name: 'BalesOtomatis',
		node: BalesOtomatis,
		type: 'balesOtomatis',
		credentials: {
			balesOtomatisApi: { source: BalesOtomatisApi, values: { ...balesOtomatisKeys, ...balesOtomatisDefaults } },
		},
		basePath: '/public/v1',
		secrets: Object.values(balesOtomatisKeys),
		contracts: balesOtomatisContracts,
		inbound: balesOtomatisInbound,
		requests: balesOtomatisRequests,
	},
	{
		name: 'Chategy',
		node: Chategy,
		type: 'chategy',
		credentials: {
			chategyApi: { source: ChategyApi, values: { accessToken: chategyKeys.accessToken } },
			chategyDeveloperApi: { source: ChategyDeveloperApi, values: { apiKey: chategyKeys.apiKey } },
		},
		// The paths begin at the host; a white label may sit below one all the same.
		basePath: '/gateway',
		secrets: [...Object.values(chategyKeys), IDEMPOTENCY_KEY],
		contracts: chategyContracts,
		inbound: chategyInbound,
		requests: [...chategyRequests, ...chategyCallbacks],
	},
	{
		name: 'Wapio',
		node: Wapio,
		type: 'wapio',
		credentials: { wapioApi: { source: WapioApi, values: { token: wapioKeys.sessionKey } } },
		// The paths begin at the host; a proxy may put them below a path all the same.
		basePath: '/gateway',
		secrets: Object.values(wapioKeys),
		contracts: wapioContracts,
		// The API reference shows none: see test/providers/wapio for what third parties saw.
		inbound: [],
		requests: wapioRequests,
	},
];
