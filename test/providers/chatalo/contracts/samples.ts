/** Data of the API reference's example answers, real values in place of masked ones. */
export const DEVICE = 'c7276ae0-c306-4896-8fda-3f1b7a90c2d4';
export const PHONE = '6281234567890';
export const GROUP = '120363037968123456';
export const FILE_URL = 'https://i.imgflip.com/2zxmg9.jpg';
const USER_AGENT =
	'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36';

export const profile = {
	first_name: 'Trimun',
	last_name: 'Su',
	email: 'demo@gmail.com',
	expires_on: '20 Jul 2023, 09:50 am (10 days remaining)',
	plan: 'Premium',
	assigned_devices: [
		{ id: DEVICE, name: 'Andi - CS', whatsapp_number: '6285176631234', status: 'AUTHENTICATED' },
		{
			id: '5333e99a-ed4e-40ab-8dfc-6d0f4c1a9b27',
			name: 'Dita - CS',
			whatsapp_number: '6288979091234',
			status: 'DISCONNECTED',
		},
	],
};

/** The same in the output: all providers use the same name for a number. */
export const profileOut = {
	...profile,
	assigned_devices: [
		{ id: DEVICE, name: 'Andi - CS', phone: '6285176631234', status: 'AUTHENTICATED' },
		{
			id: '5333e99a-ed4e-40ab-8dfc-6d0f4c1a9b27',
			name: 'Dita - CS',
			phone: '6288979091234',
			status: 'DISCONNECTED',
		},
	],
};

export const logs = [
	{
		id: 'b99bc973-95ce-4a55-868f-17b6ff785dbf',
		date: '20 Jul 2023, 11:35:04 am',
		action: 'Update API Key',
		ip_address: '172.20.0.1',
		browser: USER_AGENT,
	},
	{
		id: '89c863e7-c91c-49f4-9d5c-ed278ff5927a',
		date: '20 Jul 2023, 11:35:01 am',
		action: 'Update API Key',
		ip_address: '172.20.0.1',
		browser: USER_AGENT,
	},
];

export const contacts = [
	{ number: '6287858271234', name: 'Arik' },
	{ number: '62895413591234', name: 'Angga' },
	{ number: '6282329671234', name: 'Zumy' },
];

/** The same in the output: all providers use the same name for a number. */
export const contactsOut = [
	{ phone: '6287858271234', name: 'Arik' },
	{ phone: '62895413591234', name: 'Angga' },
	{ phone: '6282329671234', name: 'Zumy' },
];

export const groups = [
	{ id: '628156875832-1503123456', name: 'GROUP 1', participants: 27 },
	{ id: '120363028887123456', name: 'GROUP 2', participants: 548 },
];

export const groupDetail = {
	id: GROUP,
	name: 'GROUP 5',
	desc: null,
	owner: '6282339331234',
	creation: 1642144181,
	restrict: false,
	announce: false,
	size: 15,
	participants: [
		{ number: '6281216431234', admin: null },
		{ number: '6282339331234', admin: 'superadmin' },
	],
};

/** The same in the output: Unix seconds as ISO 8601. */
export const groupDetailOut = {
	...groupDetail,
	creation: '2022-01-14T07:09:41.000Z',
	participants: [
		{ phone: '6281216431234', admin: null },
		{ phone: '6282339331234', admin: 'superadmin' },
	],
};

export const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0xff, 0xd9]);
