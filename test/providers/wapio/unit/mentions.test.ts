/* Which sends offer mentions: they appear in a text or caption, so the others have nowhere to show them. */
import { allFields } from '../../../consistency/nodes';

it('is offered with a text or caption, and nowhere else', () => {
	const offering = allFields
		.filter(({ node, path }) => node === 'wapio' && path === 'options.mentions')
		.flatMap(({ show }) => show.operation);
	expect([...new Set(offering)].sort()).toEqual([
		'sendAndWait',
		'sendDocument',
		'sendImage',
		'sendText',
		'sendVideo',
	]);
});
