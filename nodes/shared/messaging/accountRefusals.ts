import type { GatewayFailure } from '../http/gatewayError';

/*
 * What gateways say when an account cannot send, in English and Indonesian. The API references show few refusals, so apart from
 * those that name a source in a provider's capabilities all of these are inferred.
 */

/** Why an account cannot send, so that another may. */
export type AccountReason = 'balance' | 'credential' | 'disconnected' | 'limit';

/** A refusal that is about the account and would meet every message. All that is given has to match. */
export interface AccountRefusal {
	reason: AccountReason;
	/** HTTP status, or the provider's code. */
	code?: string;
	/** In the provider's words. */
	words?: RegExp;
	/** Where the provider says so; "inferred" where it does not. */
	source: string;
}

/** Words about the recipient, or about a session that is WhatsApp's window of 24 hours: "recipient device not connected". */
const ABOUT_RECIPIENT =
	/\b(?:recipients?|receivers?|penerima|tujuan|destinations?|quoted|window|24[ -]?(?:hours?|jam)|chat session)\b/i;

/**
 * Words about a group or the content, which have limits and permissions of their own: "message limit exceeded: 4096 characters".
 * A phone that is not connected sends none of them.
 */
const ABOUT_CONTENT =
	/\b(?:participants?|peserta|groups?|grup|files?|media|captions?|attachments?|lampiran|berkas|gambar|characters?|karakter|lengths?|panjang|sizes?|ukuran)\b/i;

/** "This number", "per contact", "the user": one person, not the account. */
const ABOUT_PERSON =
	/\b(?:(?:this|that|per|each|for|untuk) (?:number|contact|user|chat|person|phone)(?: number)?(?! id\b)|the (?:contact|user|chat|person)|(?:number|nomor|kontak|pengguna|user) (?:ini|itu)|user(?:'s)? (?:account|akun)|akun (?:user|pengguna))\b/i;

/** A field of the message that is wrong, perhaps beside others. */
const ABOUT_FIELD =
	/\b(?:phones?|number|nomor|text|teks|message|pesan|chat_?id)(?: ?\w{0,20}){0,2}? (?:invalid|not valid|tidak valid|salah|empty|kosong|blank|required|wajib)\b|\binvalid (?:phone|number(?! id\b)|nomor|recipient|jid|chat)\b/i;

/** It was taken before, or may have been: another provider would send it twice. */
const ABOUT_REPEAT =
	/idempot|duplicat|\balready (?:been )?(?:received|sent|queued|processed|being processed|processing|accepted|used|exists?|in progress)\b|\b(?:sudah|telah) (?:pernah )?(?:di|ter)kirim\b/i;

/** Whether a refusal may be about the recipient or a field of this message, or says that the message was taken before. */
function isAboutMessage(words: string): boolean {
	return [ABOUT_RECIPIENT, ABOUT_PERSON, ABOUT_FIELD, ABOUT_REPEAT].some((pattern) => pattern.test(words));
}

/** A phone or session that is not there or not connected: "Device is not connected", "perangkat belum terhubung". */
const PHONE_OFF =
	/\b(?:device|perangkat|session|sesi|sender|pengirim|instance)(?:[ _](?:id|number|status|field)){0,2}[ _](?:(?:is|was|has|been|currently|sedang|sudah|telah)[ _]){0,3}(?:not[ _](?:yet[ _])?(?:authenticated|authori[sz]ed|connected|found|ready|active|paired|linked|logged[ _]in|started|registered|available)|disconnected|unavailable|offline|inactive|expired|logged[ _]out|banned|invalid|tidak[ _](?:terhubung|tersambung|terkoneksi|ditemukan|aktif|siap|valid|terdaftar|tersedia)|belum[ _](?:terhubung|tersambung|terkoneksi|aktif|siap|terdaftar|login)|terputus|kedaluwarsa|kadaluarsa)\b/i;

/** The same the other way round: "Invalid device", "no session found". */
const NO_PHONE =
	/\b(?:no|invalid|unknown|disconnected|expired) (?:active |connected )?(?:device|session|sender|instance|perangkat)\b/i;

/** The account's own WhatsApp: "WhatsApp is not connected". That of a number may be the recipient's. */
const WHATSAPP_OFF =
	/(?<!\b(?:number|nomor|user|pengguna|phone|to|ke|on|di) )\bwhatsapp (?:is )?(?:(?:not|tidak|belum) (?:connected|authori[sz]ed|logged in|terhubung|tersambung|terkoneksi|login)|disconnected|terputus)\b/i;

/** Nothing left to pay with, or nothing paid for: "insufficient balance", "masa aktif habis". */
const NO_BALANCE =
	/\b(?:(?:insufficient|not enough) (?:balance|funds|credits?|money)|(?:balance|saldo|credits?) (?:(?:is|are|anda) ){0,2}(?:insufficient|not enough|too low|empty|used up|tidak (?:cukup|mencukupi)|habis|kurang)|(?:subscription|package|plan|licen[cs]e|account|langganan|paket|lisensi|akun|masa aktif|masa berlaku)(?: anda)? (?:(?:is|was|has|been|sudah|telah) ){0,3}(?:expired|ended|suspended|unpaid|locked|on hold|disabled|kedaluwarsa|kadaluarsa|berakhir|habis|ditangguhkan|dinonaktifkan))\b/i;

/** As many messages as the account may send: "daily limit reached", "kuota habis". Limits of a message are others. */
const QUOTA_USED =
	/\b(?:quota|kuota(?: pesan)?|(?:daily|weekly|monthly|hourly|sending|account|package|plan|messages?)(?: (?:message|sending))? limit|(?:limit|batas) (?:harian|bulanan|pengiriman|pesan|paket))(?: anda)? (?:(?:is|was|has|been|sudah|telah) ){0,3}(?:exceeded|reached|used up|exhausted|habis|terlampaui|tercapai)\b|\b(?:exceeded|reached|used up|exhausted|out of|melebihi|mencapai)(?: (?:your|the|all|of)){0,2} (?:(?:daily|weekly|monthly|hourly|sending|account|package|plan)(?: (?:message|sending))? limit|(?:\w{1,20} )?(?:quota|kuota)|(?:limit|batas) (?:harian|bulanan))\b/i;

/** What any gateway may say of its account; each provider's own entries come before. */
export const usualRefusals: AccountRefusal[] = [
	{ reason: 'disconnected', words: PHONE_OFF, source: 'inferred: what all gateways call a phone' },
	{ reason: 'disconnected', words: NO_PHONE, source: 'inferred, from "invalid device" in third-party code' },
	{ reason: 'disconnected', words: WHATSAPP_OFF, source: 'inferred' },
	{ reason: 'balance', words: NO_BALANCE, source: 'inferred: all of them are paid by time or message' },
	{ reason: 'limit', words: QUOTA_USED, source: 'inferred' },
];

/** HTTP statuses by which a web server says that nothing is at an address, or nothing that takes a message. */
const NOTHING_THERE = [404, 405, 410];

/**
 * Why the account, and not the message, was refused.
 *
 * @returns undefined if the refusal may be about the message
 */
export function accountReasonOf(
	{ kind, outcome, status, code, words = '', foreign }: GatewayFailure,
	{ accountRefusals }: { accountRefusals: AccountRefusal[] },
): AccountReason | undefined {
	if (kind === 'rateLimited' && outcome === 'not sent') return 'limit';
	if (outcome !== 'refused') return undefined;
	const codes = [status, code].map(String);
	if (codes.includes('401')) return 'credential';
	if (foreign === 'page' && NOTHING_THERE.includes(status ?? 0)) return 'credential';
	if (isAboutMessage(words)) return undefined;
	const isAboutContent = ABOUT_CONTENT.test(words);
	// "You may not write to this group" comes with 403 as well.
	if (kind === 'unauthorized') return isAboutContent ? undefined : 'credential';
	// A code counts only where the provider itself gives it.
	if (foreign !== undefined) return undefined;
	return accountRefusals.find(
		({ code: wanted, words: said, reason }) =>
			(wanted === undefined || codes.includes(wanted)) &&
			(said === undefined || said.test(words)) &&
			(!isAboutContent || (said !== undefined && reason === 'disconnected')),
	)?.reason;
}
