/** Data of the API reference's example answers, real values in place of masked ones. */
export const info = {
	package: { name: 'Enterprise', active_from: '2024-09-07', active_until: '2025-11-01' },
	user: { email: 'youremail@gmail.com', registered_at: '2024-08-16 17:07:53' },
	timezone: 'Asia/Jakarta',
	devices: [
		{
			number_id: 'BO-test0000000000001',
			number_whatsapp: '6285170001234',
			state_connection: 'connected',
			last_connected_at: '2024-09-17 13:00:04',
		},
	],
};

export const contacts = [
	{
		contacts_id: 'c-32',
		contacts_name: 'Jono',
		contacts_type: 'sync_from_whatsapp',
		contacts_type_defined: 'Manual Input',
		contacts_audience: 6,
		contacts_created_at: '10 Aug 2025 21:04 WIB',
		contacts_last_updated: '10 Aug 2025 21:04 WIB',
	},
];

/** In the output: WIB is UTC+7. */
export const contactsOut = [
	{
		...contacts[0],
		contacts_created_at: '2025-08-10T14:04:00.000Z',
		contacts_last_updated: '2025-08-10T14:04:00.000Z',
	},
];

export const audiences = [
	{
		audience_id: 'a-22',
		name: 'Jono',
		wa_number: '6281234567890',
		status: 'not_checked',
		status_defined: 'Pending',
		date_insert: '3 Jun 2025 15:38 WIB',
		custom_fields: [],
	},
];

export const audiencesOut = [
	{
		audience_id: 'a-22',
		name: 'Jono',
		phone: '6281234567890',
		status: 'not_checked',
		status_defined: 'Pending',
		date_insert: '2025-06-03T08:38:00.000Z',
		custom_fields: [],
	},
];

export const grabbedContacts = [
	{ name: 'Contact 1', whatsapp_number: '6281234567891' },
	{ name: 'Contact 2', whatsapp_number: '6281234567892' },
];

export const grabbedContactsOut = [
	{ name: 'Contact 1', phone: '6281234567891' },
	{ name: 'Contact 2', phone: '6281234567892' },
];

const participant = (groupid: string, number: string) => ({
	groupid,
	iscontact: false,
	name: 'Secret Groups',
	number,
	role: 'participant',
	groupname: 'Secret Groups',
});

/** An object by id, not a list. */
export const grabbedGroups = {
	'120363322806123456': {
		id: '120363322806123456',
		groupname: 'Example Groups',
		participants: [
			participant('120363322806123456', '6281234567891'),
			participant('120363322806123456', '6281234567892'),
		],
	},
	'120363322806654321': { id: '120363322806654321', groupname: 'Second Group', participants: [] },
};

const participantOut = (groupid: string, phone: string) => ({
	groupid,
	iscontact: false,
	name: 'Secret Groups',
	phone,
	role: 'participant',
	groupname: 'Secret Groups',
});

export const grabbedGroupsOut = [
	{
		id: '120363322806123456',
		name: 'Example Groups',
		participants: [
			participantOut('120363322806123456', '6281234567891'),
			participantOut('120363322806123456', '6281234567892'),
		],
	},
	{ id: '120363322806654321', name: 'Second Group', participants: [] },
];

export const template = {
	template_name: 'testesvariabletemplate',
	template_category: 'MARKETING',
	template_content: 'Halo {{1}}, dapatkan diskon hingga {{2}} untuk semua produk favorit Anda!',
	template_footer: '*Syarat dan ketentuan berlaku',
	template_header: { type: 'TEXT', content: 'Promo Spesial Bulan Ini!' },
	template_buttons: [
		{ type: 'QUICK_REPLY', data: { label: 'Ya, saya tertarik' } },
		{ type: 'QUICK_REPLY', data: { label: 'Tidak, terima kasih' } },
	],
	templateId: '1122334455667788',
	template_status: 'APPROVED',
	template_language_code: 'id',
	template_license_key: 'WB-test-0001',
	template_waba: '+6285170009999',
	template_language_name: 'Indonesian',
	template_created_at: '21 Des 2025 07:00 WIB',
	template_updated_at: '21 Des 2025 07:00 WIB',
	template_id: 'dGVtcGxhdGU=',
};

/** In the output, unless Simplify is off. */
export const simpleTemplate = {
	templateId: template.templateId,
	template_name: template.template_name,
	template_language_code: 'id',
	template_category: 'MARKETING',
	template_status: 'APPROVED',
	template_content: template.template_content,
	template_header: template.template_header,
	template_footer: template.template_footer,
	template_buttons: template.template_buttons,
	// WIB is UTC+7.
	template_updated_at: '2025-12-21T00:00:00.000Z',
};

export const submitted = {
	success: true,
	message: 'Template submitted to Facebook for review',
	fb_response: { id: '1234567890', status: 'IN_REVIEW' },
	review_notice_title: 'Template Under Review',
	review_notice_message:
		'Meta may take 10 minutes to max 3 days (in rare case / first time create template) for template review',
};
