import { isPlain } from '../../merge';
import type { ChatInfo, Content, FileInfo, FileKind } from '../types';

/* Reading of bodies of which nothing is known: whatever is missing or of another type is empty. */

/** The team that the example workflows hand over to. */
export const TEAM: ChatInfo = { id: '6281200000009', name: 'Team', isGroup: false };

export function objectAt(value: unknown, ...path: string[]): Record<string, unknown> {
	let at = value;
	for (const name of path) at = isPlain(at) && Object.hasOwn(at, name) ? at[name] : undefined;
	return isPlain(at) ? at : {};
}

/** A text that is not empty, or a number as one. */
export function textAt(from: Record<string, unknown>, ...names: string[]): string | null {
	for (const name of names) {
		const value = Object.hasOwn(from, name) ? from[name] : undefined;
		if (typeof value === 'string' && value !== '') return value;
		if (typeof value === 'number') return String(value);
	}
	return null;
}

export function numberAt(from: Record<string, unknown>, ...names: string[]): number | null {
	const text = textAt(from, ...names);
	return text === null || !Number.isFinite(Number(text)) ? null : Number(text);
}

export function listAt(from: Record<string, unknown>, name: string): unknown[] {
	const value = Object.hasOwn(from, name) ? from[name] : undefined;
	return Array.isArray(value) ? value : [];
}

/** The number in a JID of a person; other ids as they are. */
export function chatOf(id: string): string {
	return id.replace(/@(s\.whatsapp\.net|c\.us)$/, '').replace(/@g\.us$/, '');
}

export function fileKindOf(mimeType: string | null): FileKind {
	const type = mimeType?.replaceAll('\\', '') ?? '';
	if (type === 'image/webp') return 'sticker';
	if (type.startsWith('image/')) return 'image';
	if (type.startsWith('video/')) return 'video';
	return type.startsWith('audio/') ? 'voice' : 'document';
}

/** A file of which the address is all that is known. */
export function fileByUrl(url: string): FileInfo {
	const last = URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? '') : '';
	const types: Record<string, string> = {
		jpg: 'image/jpeg',
		jpeg: 'image/jpeg',
		png: 'image/png',
		gif: 'image/gif',
		webp: 'image/webp',
		mp4: 'video/mp4',
		ogg: 'audio/ogg',
		mp3: 'audio/mpeg',
		pdf: 'application/pdf',
	};
	const mimeType = types[last.split('.').at(-1)?.toLowerCase() ?? ''] ?? null;
	return { url, name: last.includes('.') ? safelyDecoded(last) : null, mimeType };
}

function safelyDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

export function plainText(text: string | null): Content {
	return { kind: 'text', text };
}
