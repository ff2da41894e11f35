/** What WhatsApp calls a file where it derives the keys to decrypt it. Stickers are images. */
export type DecryptKind = 'Image' | 'Video' | 'Audio' | 'Document';

/** What a message says of a file that WhatsApp keeps encrypted: everything that is needed to fetch and read it. */
export interface EncryptedFile {
	kind: DecryptKind;
	/** On WhatsApp's server for files. Whoever wrote the message chose it, as the address. */
	directPath: string | null;
	url: string | null;
	/** Base64. */
	mediaKey: string | null;
	/** SHA-256 in Base64, of the file and of its encrypted form. */
	hashes: { file: string | null; encrypted: string | null };
	mime: string | null;
	/** Bytes. */
	size: number | null;
	/** The gateway's own id of it, if it has one. */
	mediaId?: string;
}

const SERVER = 'https://mmg.whatsapp.net';

/**
 * Where the file is: by its path, else by its address.
 *
 * @returns undefined if neither leads to WhatsApp
 */
export function addressOf({ directPath, url }: Pick<EncryptedFile, 'directPath' | 'url'>): string | undefined {
	const byPath = directPath?.startsWith('/') ? SERVER + directPath : undefined;
	return [byPath, url]
		.find(
			(address) =>
				address !== undefined && address !== null && URL.canParse(address) && isAtWhatsApp(new URL(address)),
		)
		?.toString();
}

/** Whether an address leads to WhatsApp's servers, encrypted and at the usual port. */
export function isAtWhatsApp({ protocol, hostname, port, username, password }: URL): boolean {
	const isPlain = protocol === 'https:' && port === '' && username === '' && password === '';
	return isPlain && (hostname === 'whatsapp.net' || hostname.endsWith('.whatsapp.net'));
}
