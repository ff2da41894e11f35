import type { INodeTypeDescription } from 'n8n-workflow';
import { operationsOf } from '../docs/catalog';

/** What a README says of its package. */
export interface ReadmeFacts {
	packageName: string;
	/** As users know the provider. */
	provider: string;
	version: string;
	node: INodeTypeDescription;
	trigger: INodeTypeDescription;
	/** Display names of the credential types, with the pages that document them. */
	credentials: Array<{ displayName: string; documentationUrl?: string }>;
	/** Names of the nodes in the big package, without its prefix. */
	bigPackage: string;
	usesWebSockets: boolean;
}

/** The README of a package, with the sections that n8n's convention for community nodes names. */
export function readmeOf(facts: ReadmeFacts): string {
	const { packageName, provider, version, node, trigger, credentials, bigPackage, usesWebSockets } = facts;
	const groups = new Map<string, string[]>();
	for (const { resource, operation } of operationsOf(node)) {
		groups.set(resource.name, [...(groups.get(resource.name) ?? []), operation.name]);
	}
	const operations = [...groups].map(([resource, names]) => `- **${resource}**: ${names.join(', ')}`).join('\n');
	const links = credentials.flatMap(({ documentationUrl }) => documentationUrl ?? []);
	return `# ${packageName}

This is an n8n community node. It lets you use ${provider} in your n8n workflows: send WhatsApp messages, and start workflows when messages come in.

[n8n](https://n8n.io/) is a [fair-code licensed](https://docs.n8n.io/sustainable-use-license/) workflow automation platform.

[Installation](#installation) · [Operations](#operations) · [Credentials](#credentials) · [Compatibility](#compatibility) · [Usage](#usage) · [Resources](#resources) · [Version history](#version-history)

## Installation

Follow the [installation guide](https://docs.n8n.io/integrations/community-nodes/installation/) in the n8n community nodes documentation, and enter \`${packageName}\`.

## Operations

The **${node.displayName}** node:

${operations}

The **${trigger.displayName}** node starts a workflow: ${lowerFirst(trigger.description)}.

## Credentials

${credentials.map(({ displayName }) => `- **${displayName}**: its fields say where to find each value. n8n tests the credential when you save it.`).join('\n')}

## Compatibility

Tested with n8n 2.41.1 on Node.js 24. The package has no dependencies. It uses n8n's own HTTP client, so your proxy and network settings apply.
${usesWebSockets ? '\nLogging in by code or QR code needs a websocket, which n8n has on Node.js 22 or newer. On an older Node.js, these operations stop with a message that says so; everything else works.\n' : ''}
## Usage

- An accepted message is never sent again, neither by *Retry On Fail* nor by the *Retry* button. If a message may have gone out, the error says so: check the chat before resending.
- All items are checked before anything is sent. The error names the field, the item, and the fix.
- Set pauses, parallel sends, retries, and time limits under **Options**.
- Do you use [${bigPackage}](https://github.com/OWNER/${bigPackage})? Its ${provider} nodes have the same names, so credentials keep working. To move a workflow, run \`node scripts/move-workflow.cjs workflow.json\` on an exported workflow, then import the result.

## Resources

- [n8n community nodes documentation](https://docs.n8n.io/integrations/#community-nodes)
${[...new Set(links)].map((url) => `- [${provider} API reference](${url})`).join('\n')}

## Version history

- **${version}**: first version.
`;
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
