/* What the simulated model says, in its two languages. */
import type { PictureFacts } from '../picture';
import type { Language } from './words';

/** The sentences of one language. */
export interface Texts {
	hello: string;
	thanks: string;
	found: string;
	readMore: string;
	anythingElse: string;
	unknown: string;
	handedOver: string;
	notHandedOver: string;
	cannotHandOver: string;
	picture(facts: PictureFacts): string;
	/** An answer to a picture that came as its description. */
	seen(description: string): string;
	unreadablePicture: string;
	longTitle: string;
	longList: string[];
	longParagraph(step: string): string;
}

const COLORS_ID: Record<string, string> = {
	black: 'hitam',
	gray: 'abu-abu',
	white: 'putih',
	red: 'merah',
	orange: 'jingga',
	yellow: 'kuning',
	green: 'hijau',
	teal: 'hijau kebiruan',
	blue: 'biru',
	purple: 'ungu',
	pink: 'merah muda',
	brown: 'cokelat',
};

export const TEXTS: Record<Language, Texts> = {
	en: {
		hello: 'Hello! 👋 How can I help you?',
		thanks: "You're welcome! 😊",
		found: 'Here is what I found',
		readMore: 'Read more',
		anythingElse: '_Can I help you with anything else?_',
		unknown:
			"I don't know that. I am a simulated model with a few fixed rules, so try *when are you open?*, *long answer*, or *I want to talk to a person*.",
		handedOver: 'I passed this on to our team. **A person will write to you here soon.**',
		notHandedOver: "I couldn't reach our team right now. Please write again in a few minutes.",
		cannotHandOver: "I can't reach a person from here, because I was given no tool for it.",
		picture: ({ kind, width, height, color }) =>
			`**${kind}** picture of **${width} × ${height} pixels**${color === undefined ? '' : `, mostly **${color}**`}. That is all that a simulated model can see.`,
		seen: (description) => `Thanks for the picture! I see a ${description}`,
		unreadablePicture: 'A simulated model can only look at PNG and JPEG files.',
		longTitle: 'Ordering from us, step by step',
		longList: ['Choose', 'Measure', 'Order', 'Pay', 'Track', 'Receive', 'Try', 'Return'],
		longParagraph: (step) =>
			`Take your time with this step: **${step.toLowerCase()}**. Most questions that our team gets are about exactly this, and most of them take less than a minute to answer. If something looks different from what you expected, send us a picture of it in this chat. We read every message from Monday to Saturday, and we answer in the order in which messages arrive. You never need to write twice.\n\nIf you have done this before, you can go straight to the next step. Keep your order number at hand: with it, anybody on our team can see where your order is, what you paid, and what we agreed on. Without it, we find your order by your phone number, which takes a little longer.`,
	},
	id: {
		hello: 'Halo! 👋 Ada yang bisa kami bantu?',
		thanks: 'Sama-sama! 😊',
		found: 'Ini yang saya temukan',
		readMore: 'Selengkapnya',
		anythingElse: '_Ada lagi yang bisa kami bantu?_',
		unknown:
			'Maaf, saya tidak tahu. Saya model simulasi dengan beberapa aturan tetap. Coba *jam berapa buka?*, *jawaban panjang*, atau *saya mau bicara dengan orang*.',
		handedOver: 'Pesan ini sudah saya teruskan ke tim kami. **Sebentar lagi ada yang membalas di sini.**',
		notHandedOver: 'Tim kami belum bisa dihubungi. Silakan kirim pesan lagi beberapa menit lagi.',
		cannotHandOver: 'Saya tidak bisa menghubungi tim dari sini, karena tidak ada alat untuk itu.',
		picture: ({ kind, width, height, color }) =>
			`**${kind}** picture, gambar berukuran **${width} × ${height} piksel**${color === undefined ? '' : `, sebagian besar **${COLORS_ID[color] ?? color}**`}. Hanya itu yang bisa dilihat model simulasi.`,
		seen: (description) => `Terima kasih gambarnya! Saya melihat ${description}`,
		unreadablePicture: 'Model simulasi hanya bisa melihat berkas PNG dan JPEG.',
		longTitle: 'Cara memesan, langkah demi langkah',
		longList: ['Pilih', 'Ukur', 'Pesan', 'Bayar', 'Lacak', 'Terima', 'Coba', 'Kembalikan'],
		longParagraph: (step) =>
			`Jangan terburu-buru di langkah ini: **${step.toLowerCase()}**. Sebagian besar pertanyaan yang masuk ke tim kami adalah tentang langkah ini, dan biasanya bisa dijawab dalam waktu kurang dari satu menit. Kalau ada yang berbeda dari yang Anda harapkan, kirim fotonya ke chat ini. Kami membaca semua pesan dari Senin sampai Sabtu, dan membalas sesuai urutan masuknya. Anda tidak perlu mengirim pesan dua kali.\n\nKalau sudah pernah melakukannya, Anda bisa langsung ke langkah berikutnya. Simpan nomor pesanan Anda: dengan nomor itu, siapa pun di tim kami bisa melihat posisi pesanan Anda, pembayarannya, dan kesepakatan kita. Tanpa nomor itu, kami mencarinya lewat nomor telepon Anda, dan itu sedikit lebih lama.`,
	},
};

/** A text of several thousand characters, with headings, a list, and a code block. */
export function longAnswer(texts: Texts): string {
	const { longTitle, longList, anythingElse } = texts;
	return [
		`# ${longTitle}`,
		longList.map((step, index) => `${index + 1}. **${step}**`).join('\n'),
		...longList.map((step, index) => `## ${index + 1}. ${step}\n\n${texts.longParagraph(step)}`),
		'```\nORDER   12345\nTOTAL   Rp 150.000\nSTATUS  on its way\n```',
		'> [example.com/orders](https://example.com/orders)',
		anythingElse,
	].join('\n\n');
}
