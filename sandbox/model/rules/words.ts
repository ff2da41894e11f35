/* The handful of words that the simulated model knows. */

export type Language = 'en' | 'id';

/** Words that only an Indonesian text has. */
const INDONESIAN = new Set(
	(
		'apa apakah halo hai selamat pagi siang sore malam terima kasih makasih kapan berapa buka tutup jam saya kami anda ' +
		'kamu mau ingin bisa boleh tidak nggak gak dengan untuk mana ada harga kirim antar bayar tolong minta orang bicara ' +
		'gambar sabtu minggu senin jawaban panjang pesanan kembali alamat barang kak'
	).split(' '),
);

/** Words that say nothing about what a question is about. */
const COMMON = new Set(
	(
		'a an and any are as at be by can could did do does for from get give had has have how i if in is it its me much ' +
		'many my need no not of on or our please question some tell that the their there they this to us want was we what ' +
		'when which who will with would yes you your also just know let about like yang di ke dari dan atau ini itu ' +
		'apa apakah saya kami anda kamu mau ingin bisa boleh tidak nggak gak dengan untuk mana ada tolong minta kapan ' +
		'berapa kak ya dong sih nya hari tanya'
	).split(' '),
);

/** Greetings, thanks and the like: a message of nothing else is small talk. */
const SMALL_TALK = new Set(
	(
		'hi hello hey good morning afternoon evening day night thanks thank cheers bye goodbye ok okay great nice cool ' +
		'perfect test halo hai selamat pagi siang sore malam terima kasih makasih oke sip baik'
	).split(' '),
);

/** Other words for the same thing, in both languages, by the word that a table most likely has. */
const SAME: Record<string, string> = {
	open: 'opening hours hour close closed closing buka tutup jam',
	delivery:
		'deliver delivers delivered ship ships shipping shipment courier kirim mengirim pengiriman antar diantar ongkir',
	price: 'prices cost costs expensive cheap harga biaya mahal murah',
	payment: 'pay paying pays card cash transfer bayar membayar pembayaran',
	return: 'returns refund refunds exchange kembali mengembalikan retur tukar',
	address: 'where located location find alamat lokasi dimana',
	warranty: 'guarantee garansi',
	order: 'orders ordering ordered pesan pesanan memesan',
	saturday: 'sabtu',
	sunday: 'minggu',
};
const CANONICAL = new Map(
	Object.entries(SAME).flatMap(([word, others]) => others.split(' ').map((other) => [other, word] as const)),
);

const MAX_WORDS = 50;

/** A wish for a person: one of these words, … */
const HUMAN = new Set('human humans operator helpdesk manusia'.split(' '));
/** … or one of these, and soon after it one of the others. */
const SPEAK = new Set(
	'talk speak chat write connect transfer forward hand bicara berbicara ngobrol hubungkan sambungkan hubungi'.split(
		' ',
	),
);
const PERSON = new Set(
	'person someone somebody agent staff team colleague manager employee orang admin cs petugas staf tim manajer'.split(
		' ',
	),
);
/** Between the two, as in "talk to a real person". */
const MAX_BETWEEN = 6;
const LONG =
	/\b(long (answer|text|reply|message)|everything you know|in full detail|jawaban panjang|teks panjang|selengkapnya)\b/;

/** The words of a text, in lower case and without punctuation. */
export function wordsOf(text: string): string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words that say what a text is about; of a very long text, the first ones. */
export function topicWords(text: string): string[] {
	const words = wordsOf(text).filter((word) => word.length > 1 && !COMMON.has(word) && !SMALL_TALK.has(word));
	return [...new Set(words)].slice(0, MAX_WORDS);
}

/** Whether two words mean about the same. */
export function isSame(one: string, other: string): boolean {
	const [first, second] = [CANONICAL.get(one) ?? one, CANONICAL.get(other) ?? other];
	if (first === second) return true;
	const [short, long] = first.length < second.length ? [first, second] : [second, first];
	return short.length >= 4 && long.startsWith(short);
}

/** How many of the words a text has, in one form or another. */
export function overlap(words: readonly string[], text: string): number {
	const others = [...new Set(wordsOf(text))];
	return words.filter((word) => others.some((other) => isSame(word, other))).length;
}

export function languageOf(text: string): Language {
	return wordsOf(text).some((word) => INDONESIAN.has(word)) ? 'id' : 'en';
}

export function wantsPerson(text: string): boolean {
	const words = wordsOf(text);
	return words.some(
		(word, at) =>
			HUMAN.has(word) ||
			(SPEAK.has(word) && words.slice(at + 1, at + 2 + MAX_BETWEEN).some((other) => PERSON.has(other))),
	);
}

export const wantsLongAnswer = (text: string): boolean => LONG.test(text.toLowerCase());
export const isSmallTalk = (text: string): boolean => !text.includes('?') && topicWords(text).length === 0;
