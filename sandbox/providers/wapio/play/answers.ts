import { grouped } from '../../../play/kinds';
import { Term } from './encode';
import { image } from './files';
import type { Fields, Row, Scene } from './scene';

/** Questions with buttons and lists, and the answers to them (EVENTS.md 4.3). */
export const ANSWERS = grouped<Row>('answers', {
	buttonsResponseMessage: {
		says: 'Tapped a button',
		message: (scene) => ({
			buttonsResponseMessage: {
				selectedButtonId: 'size_l',
				selectedDisplayText: scene.text,
				type: new Term(1, 'DISPLAY_TEXT'),
			},
		}),
	},
	templateButtonReplyMessage: {
		says: 'Tapped a button of a template',
		message: (scene) => ({
			templateButtonReplyMessage: {
				selectedId: 'yes',
				selectedDisplayText: scene.text,
				selectedIndex: 1,
				selectedCarouselCardIndex: 0,
			},
		}),
	},
	listResponseMessage: {
		says: 'Chose from a list',
		message: (scene) => ({
			listResponseMessage: {
				title: scene.text,
				listType: new Term(1, 'SINGLE_SELECT'),
				singleSelectReply: { selectedRowId: 'row_2' },
				description: 'For big appetites',
			},
		}),
	},
	listResponseWithoutTitle: {
		says: 'Chose from a list whose line has an id only',
		message: () => ({
			listResponseMessage: {
				listType: new Term(1, 'SINGLE_SELECT'),
				singleSelectReply: { selectedRowId: 'row_2' },
			},
		}),
	},
	interactiveResponseMessage: {
		says: 'Answered a form',
		message: (scene) => flow(scene, JSON.stringify({ flow_token: 'token-1', name: 'Amina', seats: '2' })),
	},
	quickReply: {
		says: 'Tapped a new-style button',
		message: (scene) => flow(scene, JSON.stringify({ id: 'size_l', display_text: scene.text }), 'quick_reply'),
	},
	brokenFlow: { says: 'Answered a form, in broken JSON', message: (scene) => flow(scene, '{"flow_token":') },
	buttonsMessage: {
		says: 'A question with buttons',
		message: ({ text }) => ({
			buttonsMessage: {
				text: 'Pizza',
				contentText: text,
				footerText: 'Pizzeria Roma',
				headerType: new Term(2, 'TEXT'),
				buttons: [
					{ buttonId: 'size_s', buttonText: { displayText: 'Small' }, type: new Term(1, 'RESPONSE') },
					{ buttonId: 'size_l', buttonText: { displayText: 'Large' }, type: new Term(1, 'RESPONSE') },
				],
			},
		}),
	},
	listMessage: {
		says: 'A question with a list',
		message: ({ text }) => ({
			listMessage: {
				title: 'Menu',
				description: text,
				buttonText: 'Open',
				listType: new Term(1, 'SINGLE_SELECT'),
				footerText: 'Pizzeria Roma',
				sections: [
					{ title: 'Pizza', rows: [{ rowId: 'row_1', title: 'Margherita', description: 'Tomato, cheese' }] },
					{ title: 'Drinks', rows: [{ rowId: 'row_2', title: 'Water' }] },
				],
			},
		}),
	},
	templateMessage: {
		says: 'A template with buttons',
		message: (scene) => ({ templateMessage: { hydratedTemplate: hydrated(scene) } }),
	},
	hydratedFourRowTemplate: {
		says: 'A template, older form',
		message: (scene) => ({ templateMessage: { hydratedFourRowTemplate: hydrated(scene) } }),
	},
	interactiveMessageTemplate: {
		says: 'A template with new-style buttons',
		message: (scene) => ({ templateMessage: { interactiveMessageTemplate: interactive(scene) } }),
	},
	fourRowTemplate: {
		says: 'A template, oldest form',
		message: (scene) => ({
			templateMessage: { fourRowTemplate: { content: { highlyStructuredMessage: structured(scene) } } },
		}),
	},
	highlyStructuredMessage: {
		says: 'A structured notification',
		message: (scene) => ({ highlyStructuredMessage: structured(scene) }),
	},
	interactiveMessage: {
		says: 'A question with new-style buttons',
		message: (scene) => ({ interactiveMessage: interactive(scene) }),
	},
	interactiveWithImage: {
		says: 'A question with a photo and buttons',
		message: (scene) => {
			const question = interactive(scene);
			const header = {
				title: 'Pizza',
				hasMediaAttachment: true,
				imageMessage: { ...image(scene), caption: undefined },
			};
			return { interactiveMessage: { ...question, header } };
		},
	},
	carousel: {
		says: 'A row of cards with photos',
		message: (scene) => ({
			interactiveMessage: {
				body: { text: scene.text },
				carouselMessage: {
					cards: ['Margherita', 'Marinara'].map((text) => ({
						header: { hasMediaAttachment: true, imageMessage: { ...image(scene), caption: undefined } },
						body: { text },
						nativeFlowMessage: { buttons: BUTTONS },
					})),
				},
			},
		}),
	},
});

const BUTTONS = [
	{ name: 'quick_reply', buttonParamsJson: '{"display_text":"Large","id":"size_l"}' },
	{ name: 'cta_url', buttonParamsJson: '{"display_text":"Menu","url":"https://example.com/menu"}' },
	{ name: 'cta_call', buttonParamsJson: '{"display_text":"Call","phone_number":"+212611111111"}' },
];

function flow({ text }: Scene, paramsJson: string, name = 'flow'): Fields {
	return {
		interactiveResponseMessage: {
			body: { text, format: new Term(1, 'EXTENSIONS_1') },
			nativeFlowResponseMessage: { name, paramsJson, version: 3 },
		},
	};
}

function interactive({ text }: Scene): Fields {
	return {
		header: { title: 'Pizza', hasMediaAttachment: false },
		body: { text },
		footer: { text: 'Pizzeria Roma' },
		nativeFlowMessage: { buttons: BUTTONS, messageParamsJson: '{}' },
	};
}

function hydrated({ text }: Scene): Fields {
	return {
		hydratedTitleText: 'Pizza',
		hydratedContentText: text,
		hydratedFooterText: 'Pizzeria Roma',
		templateId: '1234567890',
		hydratedButtons: [
			{ index: 0, quickReplyButton: { displayText: 'Large', id: 'size_l' } },
			{ index: 1, urlButton: { displayText: 'Menu', url: 'https://example.com/menu' } },
			{ index: 2, callButton: { displayText: 'Call', phoneNumber: '+212611111111' } },
		],
	};
}

function structured({ text }: Scene): Fields {
	return {
		namespace: 'sandbox',
		elementName: 'order_ready',
		params: [text, 'six'],
		fallbackLg: 'en',
		fallbackLc: 'US',
	};
}
