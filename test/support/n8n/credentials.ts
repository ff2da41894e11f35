import { Credentials } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, isExpression, NodeHelpers, UserError } from 'n8n-workflow';

/** Credential values by credential type. */
export type CredentialValues = Record<string, ICredentialDataDecryptedObject>;

/** A credential type as a test hands it in: the class itself or an instance of it. */
export type CredentialSource = ICredentialType | (new () => ICredentialType);

/**
 * n8n's credentials helper with values that a test gives instead of a database. Defaults and
 * `authenticate` come from the credential class, resolved as n8n's CredentialsHelper does.
 */
export class HarnessCredentials extends ICredentialsHelper {
	constructor(
		private readonly values: CredentialValues,
		private readonly types: ReadonlyMap<string, ICredentialType>,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		return this.types.get(name)?.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		incoming: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = incoming as IHttpRequestOptions;
		const authenticate = this.typeOf(typeName).authenticate;
		if (authenticate === undefined) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (workflow === undefined || node === undefined) {
			throw new UserError('Workflow and node are required for declarative credential authentication');
		}
		const resolve = (text: string) =>
			isExpression(text)
				? String(
						workflow.expression.getSimpleParameterValue(
							node,
							text,
							'internal',
							{ $credentials: credentials },
							undefined,
							'',
						) ?? '',
					)
				: text;
		const target = options as unknown as Record<string, Record<string, unknown> | undefined>;
		target.headers ??= {};
		for (const [part, entries] of Object.entries(authenticate.properties)) {
			const section = (target[part] ??= {});
			for (const [key, value] of Object.entries(entries as Record<string, unknown>)) {
				section[resolve(key)] = typeof value === 'string' ? resolve(value) : value;
			}
		}
		return options;
	}

	async preAuthentication(): Promise<ICredentialDataDecryptedObject | undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<ICredentialDataDecryptedObject | undefined> {
		return undefined;
	}

	async getCredentials(nodeCredentials: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		const credentials = new Credentials(nodeCredentials, type);
		await credentials.setData(this.valuesOf(type));
		return credentials;
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		_mode: WorkflowExecuteMode,
		_executeData?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		// As n8n decrypts them: from JSON.
		const values = JSON.parse(JSON.stringify(this.valuesOf(type))) as ICredentialDataDecryptedObject;
		const properties = this.types.has(type) ? this.getCredentialsProperties(type) : [];
		if (raw === true || properties.length === 0) return values;
		// A field the user never touched is not stored: n8n fills in the default when it decrypts.
		const filled = NodeHelpers.getNodeParameters(properties, values as never, true, false, null, null);
		return filled as ICredentialDataDecryptedObject;
	}

	async updateCredentials(
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.values[type] = data;
	}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(type: string): INodeProperties[] {
		const definition = this.typeOf(type);
		const inherited = (definition.extends ?? []).flatMap((parent) => this.getCredentialsProperties(parent));
		const merged = [...inherited];
		NodeHelpers.mergeNodeProperties(merged, definition.properties);
		return merged;
	}

	private typeOf(name: string): ICredentialType {
		const type = this.types.get(name);
		if (type === undefined) throw new UserError(`Unknown credential type: ${name}`);
		return type;
	}

	private valuesOf(type: string): ICredentialDataDecryptedObject {
		const values = this.values[type];
		if (values === undefined) throw new UserError(`No credential of type "${type}" was given to the engine`);
		return values;
	}
}
