import { createHash } from 'node:crypto';
import type { MediaStore } from '../../../media';
import type { PlayOptions } from '../../../play/options';
import type { HookType } from '../hooks';
import { chategyAccount, type Instance } from '../seed';
import type { DeliveryRecord } from '../state';

export type Fields = Record<string, unknown>;

/** What a kind is posted as, and which type a webhook must subscribe to; null: any. */
export interface Posted {
	hookTypes: readonly HookType[] | null;
	body: Fields;
}

/** One line of a table. */
export interface Row {
	says: string;
	post(scene: Scene): Posted;
}

/** How long an address of a file is good for (API reference, in the example). */
const FILE_LIFE_SECONDS = 172_800;

/** Sender, recipient and content. */
export class Scene {
	readonly text: string;
	readonly seconds: number;
	readonly isOwn: boolean;
	readonly of: Fields;
	readonly person: { phone: string | null; lid: string | null; name: string | null };
	/** Id of the message that was played; null while there is none. */
	messageId: string | null = null;

	constructor(
		readonly options: PlayOptions,
		private readonly media: MediaStore,
		readonly instance: Instance,
		/** The last message that was sent; undefined before the first. */
		readonly delivery: DeliveryRecord | undefined,
		readonly count: number,
	) {
		const { contact } = chategyAccount;
		this.text = options.text ?? `Message ${count} from the sandbox`;
		this.seconds = options.timestamp ?? Math.floor(Date.now() / 1000);
		this.isOwn = options.own ?? false;
		this.of = { instance: { id: instance.id, customer_id: instance.customerId } };
		this.person = {
			phone: options.phone === undefined ? contact.phone : options.phone,
			lid: options.lid === undefined ? contact.lid : options.lid,
			name: options.name === undefined ? contact.name : options.name,
		};
	}

	/** The person's id in WhatsApp. */
	get personId(): string {
		return this.person.phone === null ? `${this.person.lid ?? '0'}@lid` : `${this.person.phone}@c.us`;
	}

	get ownId(): string {
		return `${chategyAccount.ownPhone}@c.us`;
	}

	get timestamp(): number | undefined {
		return this.options.withoutTimestamp === true ? undefined : this.seconds;
	}

	/** `delivery_id` of an own message: of what the API sent, null for what a person typed, absent where nothing says. */
	get deliveryId(): number | null | undefined {
		if (!this.isOwn) return null;
		if (this.options.deliveryId !== undefined) return this.options.deliveryId;
		if (this.options.source === 'api') return this.delivery?.id ?? 292_906_746;
		return this.options.source === 'app' ? null : undefined;
	}

	/** The file of a message, at a signed address that says how long it is good for. */
	file(bytes: Uint8Array, mimeType: string, caption: string | null = this.text): Fields {
		const { fault, mimeType: claimed, fileName, size } = this.options.media ?? {};
		const content = size === undefined ? bytes : { size };
		const { url } = this.media.add(content, mimeType, fault);
		const date = new Date(this.seconds * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
		const signed = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${date}&X-Amz-Expires=${FILE_LIFE_SECONDS}&X-Amz-SignedHeaders=host&X-Amz-Signature=sandbox`;
		return {
			mime_type: claimed === undefined ? mimeType : claimed,
			caption,
			download_url: `${url}?${signed}`,
			...(fileName === undefined ? {} : { file_name: fileName }),
		};
	}

	/** New for each event, also after a restart: a receiver's memory may outlive the sandbox. */
	hash(): string {
		return createHash('sha256').update(`${Date.now()} ${this.count}`).digest('hex').slice(0, 20).toUpperCase();
	}

	/** The id of the message that is answered, in the form of the channel's ids. */
	quotedId(standard: string | number): string | number | null {
		const { quoted } = this.options;
		if (quoted === undefined || quoted === false) return null;
		return (quoted === true ? undefined : quoted.id) ?? standard;
	}
}
