import { defaultCountryOption, optionsField } from '../../shared/messaging/fields/options';
import { contactNumber, phoneNumber } from '../../shared/messaging/fields/recipients';
import { withPhone } from '../../shared/messaging/phoneOutput';
import type { Resource } from '../../shared/operations/define/gateway';
import { defineOperation } from '../../shared/operations/define/operation';
import { each } from '../../shared/operations/define/outputFields';
import { chataloPages, device } from '../chatalo.fields';

const options = optionsField([defaultCountryOption]);

/** API reference: a person is a `number`. */
const output = each((person) => withPhone(person, 'number'));

/** API reference: folder Contact, Get Contact List. */
const getMany = defineOperation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many contacts',
	description: 'Get the contacts of a device, with their numbers and names',
	effect: 'read',
	fields: { device },
	paging: chataloPages,
	request: (values) => ({ method: 'POST', path: '/contacts', json: { device_id: values.device } }),
	output,
});

/** API reference: folder Contact, Get Profile Picture. */
const getProfilePicture = defineOperation({
	value: 'getProfilePicture',
	name: 'Get Profile Picture',
	action: 'Get a profile picture',
	description: 'Get the URL of the profile picture of a phone number',
	effect: 'read',
	fields: { device, number: contactNumber, options },
	request: (values) => ({
		method: 'POST',
		path: '/contacts/picture',
		json: { device_id: values.device, number: values.number },
	}),
	output,
});

/** API reference: folder Contact, Check Number. */
const checkNumber = defineOperation({
	value: 'checkNumber',
	name: 'Check Number',
	action: 'Check if a number is on WhatsApp',
	description: 'Check whether a phone number is registered on WhatsApp',
	effect: 'read',
	fields: { device, number: phoneNumber, options },
	request: (values) => ({
		method: 'POST',
		path: '/contacts/check',
		json: { device_id: values.device, number: values.number },
	}),
	output,
});

export const contact: Resource = {
	value: 'contact',
	name: 'Contact',
	operations: [getMany, getProfilePicture, checkNumber],
};
