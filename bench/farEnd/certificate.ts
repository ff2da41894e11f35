/* A certificate for this run alone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Part of the package selfsigned, which is installed for the bench only. */
interface SelfSigned {
	generate(
		attributes: Array<{ name: string; value: string }>,
		options: {
			keyType: 'ec';
			curve: 'P-256';
			algorithm: 'sha256';
			notAfterDate: Date;
			extensions: Array<Record<string, unknown>>;
		},
	): Promise<{ private: string; cert: string }>;
}

/** A self-signed certificate for 127.0.0.1 in files; `remove` takes them away again. */
export interface Certificate {
	/** PEM file to be trusted: NODE_EXTRA_CA_CERTS. */
	certFile: string;
	keyFile: string;
	remove(): void;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Makes the certificate. Its elliptic-curve key is the cheapest kind for handshakes: a fair deal for whoever makes many. */
export async function makeCertificate(): Promise<Certificate> {
	const selfSigned = createRequire(__filename)('selfsigned') as SelfSigned;
	const pems = await selfSigned.generate([{ name: 'commonName', value: '127.0.0.1' }], {
		keyType: 'ec',
		curve: 'P-256',
		algorithm: 'sha256',
		notAfterDate: new Date(Date.now() + DAY_MS),
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
		],
	});
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-certificate-'));
	const certFile = path.join(folder, 'cert.pem');
	const keyFile = path.join(folder, 'key.pem');
	writeFileSync(certFile, pems.cert);
	writeFileSync(keyFile, pems.private, { mode: 0o600 });
	return { certFile, keyFile, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
