import { grouped } from '../../../play/kinds';
import { samples } from '../../../samples';
import { Bytes, Long } from './encode';
import type { Fields, Row, Scene } from './scene';

/** What people send as a file (EVENTS.md 4.2). `media` of the options says where the bytes are and what is wrong with them. */
export const FILES = grouped<Row>('files', {
	imageMessage: { says: 'A photo with a caption', message: (scene) => ({ imageMessage: image(scene) }) },
	imageWithoutCaption: {
		says: 'A photo without words',
		message: (scene) => ({ imageMessage: { ...image(scene), caption: undefined } }),
	},
	imageWithThumbnail: {
		says: 'A photo with its small preview',
		message: (scene) => ({ imageMessage: { ...image(scene), jpegThumbnail: new Bytes(samples.jpeg()) } }),
	},
	imageViewOnce: {
		says: 'A photo to be seen once, marked by a flag',
		message: (scene) => ({ imageMessage: { ...image(scene), viewOnce: true } }),
	},
	videoMessage: { says: 'A video with a caption', message: (scene) => ({ videoMessage: video(scene) }) },
	gif: { says: 'A GIF', message: (scene) => ({ videoMessage: { ...video(scene), gifPlayback: true } }) },
	ptvMessage: {
		says: 'A round video note',
		message: (scene) => ({ ptvMessage: { ...video(scene), caption: undefined, width: 400, height: 400 } }),
	},
	audioMessage: {
		says: 'A sound file',
		message: (scene) => ({
			audioMessage: { ...sound(scene, 'audio/ogg'), seconds: 12, ptt: false },
		}),
	},
	voiceNote: {
		says: 'A voice note',
		message: (scene) => ({
			audioMessage: {
				...sound(scene, 'audio/ogg; codecs=opus'),
				seconds: 3,
				ptt: true,
				waveform: new Bytes(Buffer.alloc(64, 20)),
			},
		}),
	},
	documentMessage: {
		says: 'A document',
		message: (scene) => ({ documentMessage: { ...pdf(scene), fileName: scene.fileName('invoice.pdf') } }),
	},
	documentWithTitle: {
		says: 'A document that has a title and no name',
		message: (scene) => ({ documentMessage: { ...pdf(scene), fileName: undefined } }),
	},
	documentVcard: {
		says: 'A contact card as a document',
		message: (scene) => ({
			documentMessage: {
				...scene.file({ bytes: samples.vcard(), mimeType: 'text/vcard', kind: 'Document' }),
				contactVcard: true,
				fileName: scene.fileName('Budi.vcf'),
			},
		}),
	},
	stickerMessage: { says: 'A sticker', message: (scene) => ({ stickerMessage: sticker(scene, false) }) },
	animatedSticker: { says: 'A moving sticker', message: (scene) => ({ stickerMessage: sticker(scene, true) }) },
	lottieSticker: {
		says: 'A Lottie sticker',
		message: (scene) => ({
			lottieStickerMessage: {
				message: {
					stickerMessage: {
						...scene.file({ bytes: samples.zip(), mimeType: 'application/was', kind: 'Image' }),
						isAnimated: true,
						isLottie: true,
					},
				},
			},
		}),
	},
	stickerPackMessage: {
		says: 'A pack of stickers',
		message: ({ text }) => ({
			stickerPackMessage: {
				stickerPackId: 'sandbox-pack',
				name: 'Cats',
				publisher: 'Sandbox',
				caption: text,
				stickers: [{ fileName: 'cat.webp', isAnimated: false, emojis: ['🐈'], mimetype: 'image/webp' }],
				fileLength: new Long(48_000),
			},
		}),
	},
	albumChild: {
		says: 'A photo that belongs to an album',
		message: (scene) => ({
			imageMessage: image(scene),
			messageContextInfo: {
				messageAssociation: {
					associationType: 1,
					parentMessageKey: scene.targetKey(scene.isOwn),
					messageIndex: 0,
				},
			},
		}),
	},
});

export function image(scene: Scene): Fields {
	return {
		...scene.file({ bytes: samples.jpeg(), mimeType: 'image/jpeg', kind: 'Image' }),
		caption: scene.text,
		width: 8,
		height: 8,
	};
}

export function video(scene: Scene): Fields {
	return {
		...scene.file({ bytes: samples.mp4(), mimeType: 'video/mp4', kind: 'Video' }),
		caption: scene.text,
		seconds: 4,
		width: 640,
		height: 480,
		gifPlayback: false,
	};
}

export function pdf(scene: Scene): Fields {
	return {
		...scene.file({ bytes: samples.pdf(), mimeType: 'application/pdf', kind: 'Document' }),
		title: 'invoice.pdf',
		caption: scene.text,
		pageCount: 1,
	};
}

function sound(scene: Scene, mimeType: string): Fields {
	return scene.file({ bytes: samples.ogg(), mimeType, kind: 'Audio' });
}

function sticker(scene: Scene, isAnimated: boolean): Fields {
	return {
		...scene.file({ bytes: samples.webp(), mimeType: 'image/webp', kind: 'Image' }),
		width: 64,
		height: 64,
		isAnimated,
		isLottie: false,
	};
}
