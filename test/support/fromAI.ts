/** An argument that the model fills in, as the editor writes it. */
export const fromAI = (key: string, about = ''): string =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${about}\`, 'string') }}`;
