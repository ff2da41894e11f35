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

	const needed = 'channelNeededNotice';

	it.each(['maxId', 'telegramId', 'username', 'whatsAppLid'])(
		'is replaced for a recipient that needs a channel (%s)',
		(sendTo) => {
			const names = shown({ ...send, sendTo, channels: {} });
			expect(names).toContain(needed);
			expect(names).not.toContain(note);
			expect(shown({ ...send, sendTo, channels: { channel: [{ name: 'tdlib' }] } })).not.toContain(needed);
		},
	);

	it('is alone for a phone number', () => {
		expect(shown({ ...send, channels: {} })).not.toContain(needed);
	});

	it.each([
		['usernames', '@first', 'usernamesChannelNotice'],
		['telegramUserId', '379163707', 'telegramIdChannelNotice'],
	])('is replaced in Send Bulk with the option %s', (option, value, other) => {
		const bulk = { resource: 'delivery', operation: 'sendBulk', numbersFrom: 'field' };
		const names = shown({ ...bulk, channels: {}, options: { [option]: value } });
		expect(names).toContain(other);
		expect(names).not.toContain(note);
		expect(shown({ ...bulk, channels: {}, options: {} })).not.toContain(other);
	});

	it.each(['sendAndWait', 'sendFile', 'sendBulk'])('is shown for %s as well', (operation) => {
		expect(shown({ ...send, operation, channels: {} })).toContain(note);
	});
});

it.each(['showTyping', 'renewSubscription'])('%s, which Chategy does anyway, is added switched off', (name) => {
	const defaults = defaultsOf(name);
	expect(defaults.length).toBeGreaterThan(0);
	expect(defaults.filter((usual) => usual !== false)).toEqual([]);
});
