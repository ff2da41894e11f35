import type { INodeTypeDescription } from 'n8n-workflow';
import { type ProviderDefinition, providers as sandboxProviders } from '../../sandbox';
import type { Provider } from '../../test/support/provider';
import { partOf } from '../../test/support/provider';

/** What the submission of a package is about. */
export interface SubmissionFacts {
	packageName: string;
	provider: Pick<Provider, 'name' | 'type' | 'e2e'>;
	node: INodeTypeDescription;
	trigger: INodeTypeDescription;
	/** Display names of the credential types. */
	credentials: string[];
	/** The package with all providers, which has the sandbox. */
	bigPackage: string;
}

/**
 * docs/submission.md: how to publish the package and have n8n verify it. Source of what n8n asks for: its pages
 * "Submit community nodes" and "Verification guidelines" on docs.n8n.io, read on 2026-11-26.
 */
export function submissionOf(facts: SubmissionFacts): string {
	const { packageName, provider, credentials } = facts;
	return `# Publishing, and verification by n8n

For the owner of this repository. Users don't need this page.

## Once, before the first version

1. Fill in your GitHub account, and your name and email address in \`package.json\`. \`npm run release-check\` names the files that still have placeholders.
2. Push to a **public** GitHub repository named \`${packageName}\`, and wait until the workflow *CI* is green.
3. npm accepts a trusted publisher only for a package that exists. So publish the first version by hand: \`npm ci && npm run lint && npm run build && npm run release-check && npm publish --access public\`. This one has no provenance; submit the next one.
4. In the package's settings on npmjs.com, add a *Trusted Publisher*: GitHub Actions, your account, the repository, the workflow \`publish.yml\`, the environment \`npm\`. Disallow tokens there.
5. In the repository's settings, create the environment \`npm\`, and restrict it to tags \`v*\`.

## Each version

1. Set it with \`npm version 1.2.3 --no-git-tag-version\`. Describe it in \`CHANGELOG.md\` and under *Version history* in \`README.md\`.
2. Run \`npm run build && npm run release-check -- v1.2.3\`. It says what is missing.
3. Commit, then run \`git tag v1.2.3 && git push origin main v1.2.3\`. The workflow *Publish* checks, builds, and publishes with provenance.
4. Run \`npx @n8n/scan-community-package ${packageName}\`. This is the check that n8n runs: source and tarball.

## What n8n's reviewers check

| n8n asks for | Where it is met |
|---|---|
| One third-party service | ${provider.name} only |
| No logic or flow control node, and no copy of a node that n8n has | an action node and a trigger for an API that n8n has no node for. Search the nodes panel for \`${provider.name}\` to be sure |
| MIT license | \`LICENSE\`, and \`license\` in \`package.json\` |
| Public repository, the same as on npm; the same author in both | \`repository\` and \`author\` in \`package.json\`: **you fill them in** |
| Published by a GitHub action with provenance | \`.github/workflows/publish.yml\` |
| No dependencies | \`dependencies\` is empty. Libraries are bundled into \`dist/vendor\`, with their licenses in \`LICENSES.txt\` |
| No environment variables, no files | n8n's lint rules check it (\`npm run lint\`); files of a workflow go through n8n's binary data helpers |
| The linter and the scanner pass | \`npm run lint\`, and \`npx @n8n/scan-community-package\` after publishing |
| TypeScript, error handling, validation | every field is checked before anything is sent; errors name the field, the item, and the fix |
| Credentials that n8n tests | ${credentials.join(', ')} |
| README with usage, authentication, and an example workflow | \`README.md\`, \`examples/auto-reply.json\` |
| English only | labels, errors, README |
| A demonstration video | see below |

Then submit the package in the [n8n Creator Portal](https://creators.n8n.io/nodes), with the link to the video.

${video(facts)}`;
}

/** The script of the video: one take, under five minutes, on the sandbox. */
function video({ packageName, provider, node, trigger, credentials, bigPackage }: SubmissionFacts): string {
	const { name, type, e2e } = provider;
	const list = partOf(e2e.list);
	const field = node.properties.find((each) => each.name === list)?.displayName;
	const choose = field === undefined ? '' : `Choose **${field}** from the list. `;
	const [credential = ''] = credentials;
	const { webhooksByHand: isByHand = false }: ProviderDefinition = sandboxProviders[type];
	const published = isByHand
		? `${name} has no way to register a webhook through its API, so its URL is pasted into the dashboard; the sandbox has it already. The customer writes, and the workflow answers.`
		: 'Publishing sets up the webhook. The customer writes, and the workflow answers.';
	const unpublished = isByHand
		? `Unpublished, the workflow receives nothing. The URL is removed in the dashboard of ${name}.`
		: 'Unpublishing removes the webhook again.';
	return `## The demonstration video

One take, under five minutes. It needs no ${name} account: the sandbox simulates ${name}, so no real number or key is on the screen. Say so at the beginning.

### Before you record

1. In a checkout of [${bigPackage}](https://github.com/OWNER/${bigPackage}), run \`npm start -- --single ${type.toLowerCase()} --fresh\`. It opens n8n with only this package installed, and the sandbox.
2. Open the **Workflows** address it prints, and log in. Open the **Phone** address in a second window beside it.
3. Hide bookmarks and notifications. Record the screen at 1920 × 1080 or more.

### What to click, and what to say

| Time | Click | Say |
|---|---|---|
| 0:00 | Show the list of workflows and the phone page side by side. | "This is ${packageName}, a node for the WhatsApp gateway ${name}. A local sandbox simulates ${name} for this demo; on the right is the customer's phone." |
| 0:25 | **Credentials > Create credential**, choose **${credential}**, type \`wrong\` into each required field, and click **Save**. Close it, and open **${credential.replace(/ API$/, '')} (sandbox)**. | "n8n tests the credential when you save it. Wrong keys are refused with ${name}'s own reason; these are the keys of the sandbox, and they work." |
| 0:55 | **Create workflow > Add first step > Trigger manually**. Click **+**, type \`${name.toLowerCase()}\`, and click **${node.displayName}**. | "The node lists every operation of ${name}'s API." |
| 1:15 | Click **${e2e.sendEntry}**. ${choose}In **Phone Number**, type \`6281234567890\`, in **Text** type \`Hello!\`. Click **Execute step**. | "I send a text. The output has the message ID and the status, and the message is on the phone." |
| 1:50 | Change **Phone Number** to \`12\`, and click **Execute step**. | "Every item is checked before anything is sent. The error names the field and the fix." |
| 2:15 | Back to the workflows. Open **${name}: auto-reply** (\`examples/auto-reply.json\`). Open **${trigger.displayName}**, then close it. | "The trigger starts a workflow when a message comes in. It filters events, chats, and your own messages." |
| 2:45 | Click **Publish**. On the phone, write \`Hello?\` as a customer in a private chat. | "${published}" |
| 3:15 | Show **Executions**, open the last one, and click both nodes. | "This is the incoming message, and this is the reply." |
| 3:45 | Unpublish the workflow. | "${unpublished}" |
| 4:00 | Open a new workflow with an **AI Agent**, click **+** at **Tool**, type \`${name.toLowerCase()}\`, and show **${node.displayName} Tool**. | "The node also works as a tool of AI agents. That's all, thank you." |
`;
}
