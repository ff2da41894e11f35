/*
 * Requests of Wapio that its API reference leaves out: the decryption of files (three forms, one from each of the
 * provider's packages), phone numbers of LIDs and back, and the account's own ids. The answers of the last three are
 * those that WasenderAPI's clients read (inferred for Wapio).
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isPlain } from '../../merge';
import type { WhatsAppFile } from '../../media';
import { png } from '../../samples';
import { Refusal } from '../../types';
import { Fields } from './fields';
import { userJid, wapioAccount } from './seed';
import type { DecryptAnswer, WapioWorld } from './world';

export function mediaRoutes(api: FastifyInstance, world: WapioWorld): void {
	// The newest SDK: {mediaKey, directPath, url, type}.
	api.post('/api/decrypt-media', async (request) => {
		present(world.decryptMedia);
		world.sessionOf(request);
		const fields = new Fields(request.body);
		const key = fields.text('mediaKey');
		const path = fields.optional('directPath') ?? fields.text('url');
		fields.oneOf('type', ['image', 'video', 'audio', 'document', 'sticker']);
		return answer(world, world.decryptMedia, known(world, path, key));
	});
	// The provider's n8n node: the message of the webhook.
	api.post('/v1/media/decrypt', async (request) => {
		present(world.mediaDecrypt);
		world.sessionOf(request);
		const part = encryptedPart(request.body);
		if (part === undefined) throw new Fields({}).wrong('message', 'Holds no encrypted file');
		return answer(world, world.mediaDecrypt, known(world, part.path, part.key));
	});
	// The first SDK.
	api.get('/v1/media/:id/download-url', async (request) => {
		present(world.mediaDownloadUrl);
		world.sessionOf(request);
		const id = parameter(request, 'id');
		const file = world.decrypted.get(id) ?? (id === wapioAccount.decryptedMedia ? earlier(world) : undefined);
		if (file === undefined) throw unknown();
		return answer(world, world.mediaDownloadUrl, file);
	});

	api.get('/api/pn-from-lid/:lid', async (request) => {
		present(world.lidLookup);
		world.connected(request);
		const { sender, ownLid } = wapioAccount;
		const lid = parameter(request, 'lid').replace(/@lid$/, '');
		const phones: Record<string, string | null> = {
			[sender.lid]: sender.number,
			[ownLid]: world.sessionOf(request).phoneNumber,
		};
		const phone = Object.hasOwn(phones, lid) ? phones[lid] : undefined;
		if (phone === undefined || phone === null) throw unknown();
		return { success: true, data: { lid: `${lid}@lid`, pn: userJid(phone) } };
	});
	api.get('/api/lid-from-pn/:pn', async (request) => {
		present(world.lidLookup);
		const session = world.connected(request);
		const { sender, ownLid } = wapioAccount;
		const phone = parameter(request, 'pn').replace(/@.*$/s, '').replace('+', '');
		const lid = phone === sender.number ? sender.lid : phone === session.phoneNumber ? ownLid : undefined;
		if (lid === undefined) throw unknown();
		return { success: true, data: { pn: userJid(phone), lid: `${lid}@lid` } };
	});
	api.get('/api/user', async (request) => {
		const { phoneNumber, name } = world.connected(request);
		return {
			success: true,
			data: { id: userJid(phoneNumber ?? ''), lid: `${wapioAccount.ownLid}@lid`, name },
		};
	});
}

/** An endpoint that this account's API does not have: unknown, or known for other methods only. */
function present(setting: DecryptAnswer | 'present'): void {
	if (setting === 'absent') throw new Refusal(404, 'Not Found');
	if (setting === 'notAllowed') throw new Refusal(405, 'Method Not Allowed');
}

/** The file that a path and a key open: as a server that decrypts finds it, or fails. */
function known(world: WapioWorld, path: string, mediaKey: string): WhatsAppFile {
	const media = world.context.media.whatsAppFile(path);
	if (media === undefined) throw unknown();
	if (media.file.mediaKey.toString('base64') !== mediaKey)
		throw new Refusal(422, 'The file could not be decrypted.', { reason_code: 'decryption_failed' });
	return media.file;
}

/** A file that was decrypted before the sandbox started, so there is one to request. */
function earlier({ context: { media } }: WapioWorld): Pick<WhatsAppFile, 'decrypted'> {
	return { decrypted: media.add(png(64, 64, [7, 94, 84]), 'image/png') };
}

/** Tells where the decrypted file is, under the name that was set. */
function answer(world: WapioWorld, setting: DecryptAnswer, { decrypted }: Pick<WhatsAppFile, 'decrypted'>): unknown {
	if (setting === 'media_id') {
		const id = world.id('media');
		world.decrypted.set(id, { decrypted });
		return { success: true, data: { media_id: id } };
	}
	const { url } = decrypted;
	return setting === 'data' ? { success: true, data: { download_url: url } } : { success: true, [setting]: url };
}

/** The first part with an encrypted file, at any depth that a message has. */
function encryptedPart(value: unknown, depth = 0): { path: string; key: string } | undefined {
	if (!isPlain(value) || depth > 12) return undefined;
	const { mediaKey, directPath, url } = value;
	const path = directPath ?? url;
	if (typeof mediaKey === 'string' && typeof path === 'string') return { path, key: mediaKey };
	for (const inner of Object.values(value)) {
		const found = encryptedPart(inner, depth + 1);
		if (found !== undefined) return found;
	}
	return undefined;
}

function unknown(): Refusal {
	return new Refusal(404, 'Resource not found, or not visible to this caller.');
}

function parameter(request: FastifyRequest, name: string): string {
	return String((request.params as Record<string, unknown>)[name]);
}
