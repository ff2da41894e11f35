/** What the editor shows in and under fields, and how operations are called. */
import type { INodeType } from 'n8n-workflow';
import { providers } from '../support/providers';
import { allFields, isOwn, type PanelField, panels, walk } from './nodes';

/** Text fields whose example is still to be written. */
const WITHOUT_PLACEHOLDER = [
	'balesOtomatis.buttonValues.button.value',
	'balesOtomatis.filters.search',
	'balesOtomatis.headerLocation.address',
	'balesOtomatis.headerLocation.name',
	'balesOtomatis.headerText',
	'balesOtomatis.options.footer',
	'balesOtomatis.variables.variable.value',
	'chatalo.caption',
	'chategy.text',
	'wapio.updateFields.label',
];

/** Actions that are still to be shortened. */
const LONG_ACTIONS = [
	'balesOtomatis conversation.sendDocument',
	'balesOtomatis conversation.sendImage',
	'balesOtomatis conversation.sendLocation',
	'balesOtomatis conversation.sendText',
	'balesOtomatis general.info',
	'balesOtomatis general.validateNumber',
	'balesOtomatis grab.getContacts',
	'balesOtomatis grab.getGroups',
	'balesOtomatis otp.send',
	'balesOtomatis otp.validate',
	'chatalo contact.checkNumber',
	'chatalo contact.getProfilePicture',
	'chatalo message.downloadMedia',
	'chatalo message.sendCaption',
	'chatalo message.sendFile',
	'chatalo message.sendText',
	'chatalo profile.getLogs',
	'chategy account.get',
	'chategy delivery.delete',
	'chategy delivery.getStatus',
	'chategy delivery.sendBulk',
	'chategy instance.deleteWhatsAppSession',
	'chategy instance.renewSubscription',
	'chategy phoneNumber.lookUpOperator',
	'chategy whatsAppAuthorization.waitUntilScanned',
	'wapio channel.getMessageLogs',
	'wapio contact.checkNumber',
	'wapio contact.getPicture',
	'wapio group.create',
	'wapio group.getMetadata',
	'wapio group.promoteParticipants',
	'wapio message.downloadMedia',
	'wapio message.getInfo',
	'wapio message.sendAudio',
	'wapio message.sendContact',
	'wapio message.sendDocument',
	'wapio message.sendImage',
	'wapio message.sendLocation',
	'wapio message.sendSticker',
	'wapio message.sendText',
	'wapio webhook.getDeliveries',
	'whacenter message.sendButtons',
	'whacenter message.sendToGroup',
];

/** So that the name that n8n gives to a new node fits under it. */
const LONGEST_ACTION = 35;

const nameOf = ({ node, path }: PanelField): string => `${node}.${path}`;
const namesOf = (fields: PanelField[]): string[] => [...new Set(fields.map(nameOf))].sort();

const triggerFields = providers.flatMap(({ type, trigger }) => {
	const { description } = (typeof trigger === 'function' ? new trigger() : trigger) as INodeType;
	return description.properties
		.filter(isOwn)
		.flatMap((property) => walk(`${type}Trigger`, '', property, { resource: [], operation: [] }));
});
const every = [...allFields, ...triggerFields];

describe('a field for phone numbers', () => {
	const asking = every.filter(
		({ property: { displayName, type, placeholder = '', description = '' } }) =>
			type === 'string' &&
			(/\bphone numbers?\b/i.test(displayName) ||
				/\bcountry codes?\b/.test(description) ||
				/\b(62|995)\d{8,}/.test(placeholder)),
	);

	it('is found at all', () => {
		expect(namesOf(asking).length).toBeGreaterThan(25);
	});

	it('says under it that the country code is needed', () => {
		expect(namesOf(asking.filter(({ property }) => !/country codes?/.test(property.hint ?? '')))).toEqual([]);
	});

	it('says so where a number is typed in place of a choice', () => {
		const modes = every.flatMap(({ property }) =>
			(property.modes ?? []).filter(({ displayName }) => displayName === 'By Phone Number'),
		);
		expect(modes.length).toBeGreaterThan(0);
		expect(modes.filter(({ hint }) => !/country code/.test(hint ?? ''))).toEqual([]);
	});
});

it('an empty text field shows an example', () => {
	const texts = every.filter(
		({ property: { type, default: usual, typeOptions } }) =>
			type === 'string' && usual === '' && (typeOptions?.password !== true || typeOptions.rows !== undefined),
	);
	expect(namesOf(texts).length).toBeGreaterThan(50);
	const bare = texts.filter(({ property }) => !/^e\.g\. \S/.test(property.placeholder ?? ''));
	expect(namesOf(bare).filter((name) => !WITHOUT_PLACEHOLDER.includes(name))).toEqual([]);
});

describe('an action', () => {
	const actions = panels.flatMap(({ type, provider }) =>
		provider.gateway.resources.flatMap(({ value: resource, operations }) =>
			operations.map(({ value, action }) => ({ name: `${type} ${resource}.${value}`, action })),
		),
	);

	it('is short enough for the name of a node', () => {
		const long = actions.filter(
			({ name, action }) => action.length > LONGEST_ACTION && !LONG_ACTIONS.includes(name),
		);
		expect(long.map(({ name, action }) => `${name}: ${action} (${action.length})`)).toEqual([]);
	});

	it('begins with what it does, in sentence case', () => {
		const odd = actions.filter(({ action }) => !/^(?!The |An? |One |All )[A-Z][a-z]+ \S.*[^.\s]$/.test(action));
		expect(odd).toEqual([]);
	});

	it('has no second of its name in the same node', () => {
		const keys = actions.map(({ name, action }) => `${name.split(' ')[0]}: ${action}`);
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
	});
});
