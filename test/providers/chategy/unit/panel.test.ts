/* What the editor shows for Chategy, and with which values it adds an option. */
import { type INodeParameters, type INodeProperties, NodeHelpers } from 'n8n-workflow';
import { Chategy } from '../../../../nodes/Chategy/Chategy.node';
import { isOwn } from '../../../consistency/nodes';

const { description } = new Chategy();

/** The names of the fields that the editor shows, in its order. */
function shown(parameters: INodeParameters): string[] {
	return description.properties
		.filter((property) => isOwn(property) && NodeHelpers.displayParameter(parameters, property, null, description))
		.map(({ name }) => name);
}

/** The default of an option, once for each collection that has it. */
function defaultsOf(name: string): unknown[] {
	return description.properties
		.flatMap(({ type, options = [] }) => (type === 'collection' ? (options as INodeProperties[]) : []))
		.filter((option) => option.name === name)
		.map((option) => option.default);
}

describe('the note on the default channels', () => {
	const send = { resource: 'delivery', operation: 'send', sendTo: 'phone' };
	const note = 'defaultChannelsNotice';

	it('comes right after Channels', () => {
		const names = shown({ ...send, channels: {} });
		expect(names.slice(names.indexOf('channels'))).toEqual(['channels', note, 'simplify', 'options']);
	});

	it.each<[string, INodeParameters[string]]>([
		['no channels', {}],
		['an empty list of channels', { channel: [] }],
	])('is shown for %s', (_what, channels) => {
		expect(shown({ ...send, channels })).toContain(note);
	});

	it.each<[string, INodeParameters[string]]>([
		['a channel', { channel: [{ name: 'sms' }] }],
		['an expression for all channels', '={{ $json.channels }}'],
	])('is not shown for %s', (_what, channels) => {
		expect(shown({ ...send, channels })).not.toContain(note);
	});

	it.each(['sendAndWait', 'sendFile', 'sendBulk'])('is shown for %s as well', (operation) => {
		expect(shown({ ...send, operation, channels: {} })).toContain(note);
	});
});

it.each(['simulateTyping', 'renewSubscription'])('%s, which Chategy does anyway, is added switched off', (name) => {
	const defaults = defaultsOf(name);
	expect(defaults.length).toBeGreaterThan(0);
	expect(defaults.filter((usual) => usual !== false)).toEqual([]);
});
