import type { INodeParameters } from 'n8n-workflow';
import type { CredentialValues } from '../../n8n/credentials';
import type { TriggerBench } from './bench';

/** A credential that the provider does not accept. */
export interface WrongCredential {
	name: string;
	parameters?: INodeParameters;
	/** The values by credential type. */
	credentials: () => CredentialValues;
	/** The wrong value, which no error may show. */
	secret: string;
	message: string | RegExp;
}

/** What a user with a wrong credential reads on publishing. */
export function describeWrongCredentials({ deploy }: TriggerBench, wrong: WrongCredential[]): void {
	it.each(wrong)(
		'$name is reported in plain words when publishing, and not shown',
		async ({ parameters, credentials, secret, message }) => {
			const error = (await deploy(parameters, credentials())
				.activate()
				.catch((caught: unknown) => caught)) as Error;
			if (typeof message === 'string') expect(error.message).toContain(message);
			else expect(error.message).toMatch(message);
			expect(JSON.stringify({ ...error, message: error.message, node: undefined })).not.toContain(secret);
		},
	);
}
