import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate that signs itself, and its key; both as PEM. */
export interface Certificate {
	cert: string;
	key: string;
}

/** Makes a certificate for these names, good for a day: Node can sign one, but has no function that writes one. */
export function makeCertificate(names: string[]): Certificate {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const algorithm = sequence(oid('2a8648ce3d040302'));
	const name = sequence(set(sequence(oid('550403'), der(0x0c, Buffer.from(names[0] ?? '')))));
	const time = (ms: number) =>
		der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
	const day = 24 * 60 * 60_000;
	const alternatives = sequence(...names.map((each) => der(0x82, Buffer.from(each))));
	const isAuthority = sequence(der(0x01, Buffer.from([0xff])));
	const content = sequence(
		der(0xa0, integer(Buffer.from([2]))),
		integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
		algorithm,
		name,
		sequence(time(Date.now() - day), time(Date.now() + day)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, sequence(extension('551d11', alternatives), extension('551d13', isAuthority))),
	);
	const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', content, privateKey)]));
	return { cert: pem(sequence(content, algorithm, signature)), key: pemOf(privateKey) };
}

function der(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]): Buffer => der(0x31, Buffer.concat(parts));
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const integer = (bytes: Buffer): Buffer => der(0x02, bytes);
const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), der(0x04, value));

function pem(content: Buffer): string {
	const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
	return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function pemOf(key: KeyObject): string {
	return String(key.export({ type: 'pkcs8', format: 'pem' }));
}
