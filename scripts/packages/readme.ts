import type { ICredentialType, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { operationsOf } from '../docs/catalog';

/** What a README says of its package. */
export interface ReadmeFacts {
	packageName: string;
	/** As users know the provider. */
	provider: string;
	version: string;
	node: INodeTypeDescription;
	trigger: INodeTypeDescription;
	credentials: ICredentialType[];
	/** Names of the nodes in the big package, without its prefix. */
	bigPackage: string;
	/** Versions that it was tested with. */
	n8nVersion: string;
	usesWebSockets: boolean;
}

/** The README of a package, with the sections that n8n's convention for community nodes names. */
export function readmeOf(facts: ReadmeFacts): string {
	const { packageName, provider, version, node, trigger, credentials, bigPackage, n8nVersion, usesWebSockets } =
		facts;
	const groups = new Map<string, string[]>();
	for (const { resource, operation } of operationsOf(node)) {
		groups.set(resource.name, [...(groups.get(resource.name) ?? []), operation.name]);
	}
	const operations = [...groups].map(([resource, names]) => `- **${resource}**: ${names.join(', ')}`).join('\n');
	const links = credentials.flatMap(({ documentationUrl }) => documentationUrl ?? []);
	return `# ${packageName}

This is an n8n community node. It lets you use ${provider} in your n8n workflows: ${lowerFirst(node.description)}.

[n8n](https://n8n.io/) is a [fair-code licensed](https://docs.n8n.io/sustainable-use-license/) workflow automation platform.

[Installation](#installation) · [Operations](#operations) · [Credentials](#credentials) · [Compatibility](#compatibility) · [Usage](#usage) · [Resources](#resources) · [Version history](#version-history)

## Installation

Follow the [installation guide](https://docs.n8n.io/integrations/community-nodes/installation/) in the n8n community nodes documentation, and enter \`${packageName}\`.

## Operations

The **${node.displayName}** node:

${operations}

The **${trigger.displayName}** node starts a workflow on events from ${provider}:

${eventsOf(trigger)}

The ${node.displayName} node also works as a tool of AI agents.

## Credentials

You need an account at ${provider}.

${credentials.map(credentialText).join('\n\n')}

## Compatibility

Tested with n8n ${n8nVersion} on Node.js 24. The package has no dependencies. It uses n8n's own HTTP client, so your proxy and network settings apply. What that client cannot promise is in [docs/http-client.md](docs/http-client.md).
${usesWebSockets ? '\nLogging in by code or QR code needs a websocket, which n8n has on Node.js 22 or newer. On an older Node.js, these operations stop with a message that says so; everything else works.\n' : ''}
## Usage

To send your first message, add the **${node.displayName}** node, choose its credential and an operation, and fill in the fields. To answer messages, import [examples/auto-reply.json](examples/auto-reply.json), choose your credential in both nodes, and publish the workflow.

- An accepted message is never sent again, neither by *Retry On Fail* nor by the *Retry* button. If a message may have gone out, the error says so: check the chat before resending.
- All items are checked before anything is sent. The error names the field, the item, and the fix.
- Set pauses, parallel sends, retries, and time limits under **Options**.
- Do you use [${bigPackage}](https://github.com/OWNER/${bigPackage})? Its ${provider} nodes have the same names, so credentials keep working, and you can install both packages. To move a workflow, download it, run \`node scripts/move-workflow.cjs workflow.json\` in a checkout of this repository, unpublish the old workflow, and import the result.

## Resources

- [n8n community nodes documentation](https://docs.n8n.io/integrations/#community-nodes)
${[...new Set(links)].map((url) => `- [${provider} API reference](${url})`).join('\n')}

## Version history

- **${version}**: first version.
`;
}

/** What the trigger's Events field offers. */
function eventsOf({ properties }: INodeTypeDescription): string {
	const events = properties.find(({ name }) => name === 'events');
	const options = (events?.options ?? []) as Array<{ name: string; description?: string }>;
	const line = ({ name, description }: { name: string; description?: string }): string =>
		description === undefined ? `- **${name}**` : `- **${name}**: ${description}`;
	return options.map(line).join('\n');
}

/** A credential type with what to fill in. */
function credentialText({ displayName, properties, test }: ICredentialType): string {
	const fields = properties.filter(({ type }) => type !== 'hidden' && type !== 'notice');
	const line = ({ displayName: label, description = '', required }: INodeProperties): string =>
		`- **${label}**${required === true ? '' : ' (optional)'}${description === '' ? '' : `: ${withoutTags(description)}`}`;
	const tested = test === undefined ? '' : ' n8n tests it when you save it.';
	return `**${displayName}**.${tested}\n\n${fields.map(line).join('\n')}`;
}

/** n8n's descriptions may have links in HTML. */
function withoutTags(text: string): string {
	return text.replace(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, '[$2]($1)').replace(/<[^>]*>/g, '');
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
