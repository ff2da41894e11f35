import { grouped } from '../../../play/kinds';
import { samples } from '../../../samples';
import { Bytes, Long, Term } from './encode';
import { image } from './files';
import type { Fields, Row, Scene } from './scene';

/** Orders, products and payments (EVENTS.md 4.2, 4.4). */
export const TRADE = grouped<Row>('trade', {
	orderMessage: {
		says: 'An order from the catalog',
		message: (scene) => ({
			orderMessage: {
				orderId: '4815162342',
				itemCount: 3,
				status: new Term(1, 'INQUIRY'),
				surface: new Term(1, 'CATALOG'),
				message: scene.text,
				orderTitle: 'Pizzeria Roma',
				sellerJid: scene.me.jid,
				token: 'AR6sandboxtoken==',
				totalAmount1000: new Long(125_500_000),
				totalCurrencyCode: 'IDR',
			},
		}),
	},
	orderWithoutText: {
		says: 'An order without a note',
		message: ({ me }) => ({
			orderMessage: {
				orderId: '4815162342',
				itemCount: 1,
				orderTitle: 'Pizzeria Roma',
				sellerJid: me.jid,
				token: 'AR6sandboxtoken==',
			},
		}),
	},
	productMessage: {
		says: 'A product from the catalog',
		message: (scene) => ({
			productMessage: {
				product: {
					productImage: { ...image(scene), caption: undefined },
					productId: '70010001',
					title: 'Margherita',
					description: 'Tomato, cheese',
					currencyCode: 'IDR',
					priceAmount1000: new Long(45_000_000),
					retailerId: 'PIZZA-1',
					url: 'https://example.com/pizza',
					productImageCount: 1,
				},
				businessOwnerJid: scene.me.jid,
				body: scene.text,
				footer: 'Pizzeria Roma',
			},
		}),
	},
	catalog: {
		says: 'The catalog of a shop',
		message: (scene) => ({
			productMessage: {
				catalog: {
					catalogImage: { ...image(scene), caption: undefined },
					title: 'Our menu',
					description: 'Pizza and more',
				},
				businessOwnerJid: scene.me.jid,
			},
		}),
	},
	invoiceMessage: {
		says: 'An invoice with a document',
		message: (scene) => ({
			invoiceMessage: {
				note: scene.text,
				token: 'invoice-token',
				attachmentType: new Term(1, 'PDF'),
				...attachment(scene),
			},
		}),
	},
	requestPaymentMessage: {
		says: 'A request for money',
		message: ({ text, author, seconds }) => ({
			requestPaymentMessage: {
				noteMessage: { extendedTextMessage: { text } },
				currencyCodeIso4217: 'INR',
				amount1000: new Long(250_000),
				requestFrom: author,
				expiryTimestamp: new Long(seconds + 604_800),
				amount: { value: new Long(250_000), offset: 1000, currencyCode: 'INR' },
			},
		}),
	},
	sendPaymentMessage: {
		says: 'A payment that was sent',
		message: (scene) => ({
			sendPaymentMessage: {
				noteMessage: { extendedTextMessage: { text: scene.text } },
				requestMessageKey: scene.targetKey(),
			},
		}),
	},
	paymentInviteMessage: {
		says: 'An invitation to set up payments',
		message: ({ seconds }) => ({
			paymentInviteMessage: { serviceType: new Term(3, 'UPI'), expiryTimestamp: new Long(seconds + 604_800) },
		}),
	},
	declinePaymentRequestMessage: {
		says: 'A request for money was declined',
		message: (scene) => ({ declinePaymentRequestMessage: { key: scene.targetKey() } }),
	},
	cancelPaymentRequestMessage: {
		says: 'A request for money was withdrawn',
		message: (scene) => ({ cancelPaymentRequestMessage: { key: scene.targetKey(scene.isOwn) } }),
	},
});

/** A file under the names that an invoice has for it. */
function attachment(scene: Scene): Fields {
	const part = scene.file({ bytes: samples.pdf(), mimeType: 'application/pdf', kind: 'Document' });
	const { directPath, mediaKey, mediaKeyTimestamp, fileSha256, fileEncSha256, mimetype } = part;
	return {
		attachmentMimetype: mimetype,
		attachmentMediaKey: mediaKey,
		attachmentMediaKeyTimestamp: mediaKeyTimestamp,
		attachmentFileSha256: fileSha256,
		attachmentFileEncSha256: fileEncSha256,
		attachmentDirectPath: directPath,
		attachmentJpegThumbnail: new Bytes(samples.jpeg()),
	};
}
