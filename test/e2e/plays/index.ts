/* How each example workflow that does more than answer a message is played in a real n8n. */
import type { Stage } from '../support/stage';
import { playAgent } from './agent';
import { playAnnouncement, playCascade, playCleaning, playList, playReminder } from './byHand';
import { playApproval } from './approval';
import { playArchive } from './archive';
import { playHealthAlert } from './healthAlert';
import { playLogin } from './login';
import { playPairing } from './pairing';
import { playQuickMessages, playSweep } from './quickMessages';
import { playSeveralWorkflows } from './severalWorkflows';
import { playService } from './service';
import { playStartHere } from './startHere';
import { playTakeover } from './takeover';

/** Plays one example; fails where it goes wrong. */
export type Play = (stage: Stage, id: string) => Promise<void>;

/** The plays by the ids of the examples; `does` continues the example's name. n8n 1 cannot create a Data Table in a workflow. */
export const plays: Record<string, { does: string; play: Play; needs?: 'n8n 2' }> = {
	balesApproval: { does: 'notifies of what was approved and what was declined', play: playApproval },
	balesOtomatisOtp: { does: 'logs in with the right code only', play: playLogin },
	chataloAiAgent: { does: 'answers once, and calls the team when told to', play: playAgent },
	chataloCleanList: { does: 'sorts the list', play: playCleaning },
	chataloSendList1: { does: 'sends to the valid numbers', play: playList },
	chategyCascade: { does: 'tells delivered from not delivered', play: playCascade },
	startHere: { does: 'sends a message, and replies to one once', play: playStartHere },
	wapioAnnounce: { does: 'writes to both groups', play: playAnnouncement },
	wapioHealthAlert: { does: 'reports each outage once', play: playHealthAlert },
	wapioPairGreet: { does: 'shows a QR code, and greets once after the scan', play: playPairing },
	wapioQuickMsgs: { does: 'answers three quick messages once', play: playQuickMessages, needs: 'n8n 2' },
	wapioQuickSweep: { does: 'answers what was left open by a kill', play: playSweep, needs: 'n8n 2' },
	wapioService: {
		does: 'answers, hands over, and is silent while a person answers',
		play: playService,
		needs: 'n8n 2',
	},
	wapioTakeover: { does: 'is silent while a person answers', play: playTakeover, needs: 'n8n 2' },
	whacenterArchive: { does: 'saves a file once, where n8n lets it', play: playArchive },
	whacenterOrders: { does: 'answers what is about an order', play: playSeveralWorkflows },
	whacenterOther: { does: 'answers everything else', play: playSeveralWorkflows },
	whacenterRemind: { does: "schedules tomorrow's reminders", play: playReminder },
	whacenterSeveral: { does: 'sends each message to the workflow that it is for', play: playSeveralWorkflows },
};
