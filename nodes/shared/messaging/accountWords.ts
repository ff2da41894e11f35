/*
 * What gateways say when an account cannot send, in English and Indonesian. The API references show few refusals, so apart from
 * those that name a source in a provider's capabilities all of these are inferred.
 */

/**
 * Words about this message or its recipient. Whatever else such a refusal says, it may not hold for another message: "recipient
 * device not connected", "message limit exceeded: 4096 characters", or a session that is WhatsApp's window of 24 hours.
 */
const ABOUT_MESSAGE =
	/\b(?:recipients?|receivers?|penerima|tujuan|destinations?|participants?|peserta|groups?|grup|quoted|files?|media|captions?|attachments?|lampiran|berkas|gambar|characters?|karakter|lengths?|panjang|sizes?|ukuran|window|24[ -]?(?:hours?|jam)|chat session)\b/i;

/** "This number", "per contact", "the user": one person, not the account. */
const ABOUT_PERSON =
	/\b(?:(?:this|that|per|each|to|for|untuk) (?:number|contact|user|chat|person|phone)(?: number)?(?! id\b)|the (?:contact|user|chat|person)|(?:number|nomor|kontak|pengguna|user) (?:ini|itu)|user(?:'s)? (?:account|akun)|akun (?:user|pengguna))\b/i;

/** A field of the message that is wrong, perhaps beside others. */
const ABOUT_FIELD =
	/\b(?:phones?|number|nomor|text|teks|message|pesan|chat_?id)(?: ?\w{0,20}){0,2}? (?:invalid|not valid|tidak valid|salah|empty|kosong|blank|required|wajib)\b|\binvalid (?:phone|number(?! id\b)|nomor|recipient|jid|chat)\b/i;

/** It was taken before, or may have been: another provider would send it twice. */
const ABOUT_REPEAT =
	/idempot|duplicat|\balready (?:been )?(?:received|sent|queued|processed|being processed|processing|accepted|used|exists?|in progress)\b|\b(?:sudah|telah) (?:pernah )?(?:di|ter)kirim\b/i;

/** Whether a refusal may be about this message or its recipient, or says that the message was taken before. */
export function isAboutMessage(words: string): boolean {
	return [ABOUT_MESSAGE, ABOUT_PERSON, ABOUT_FIELD, ABOUT_REPEAT].some((pattern) => pattern.test(words));
}

/** A phone or session that is not there or not connected: "Device is not connected", "perangkat belum terhubung". */
export const PHONE_OFF =
	/\b(?:device|perangkat|session|sesi|sender|pengirim|instance)(?:[ _](?:id|number|status|field)){0,2}[ _](?:(?:is|was|has|been|currently|sedang|sudah|telah)[ _]){0,3}(?:not[ _](?:yet[ _])?(?:authenticated|authori[sz]ed|connected|found|ready|active|paired|linked|logged[ _]in|started|registered|available)|disconnected|unavailable|offline|inactive|expired|logged[ _]out|banned|invalid|tidak[ _](?:terhubung|tersambung|terkoneksi|ditemukan|aktif|siap|valid|terdaftar|tersedia)|belum[ _](?:terhubung|tersambung|terkoneksi|aktif|siap|terdaftar|login)|terputus|kedaluwarsa|kadaluarsa)\b/i;

/** The same the other way round: "Invalid device", "no session found". */
export const NO_PHONE =
	/\b(?:no|invalid|unknown|disconnected|expired) (?:active |connected )?(?:device|session|sender|instance|perangkat)\b/i;

/** The account's own WhatsApp: "WhatsApp is not connected". That of a number may be the recipient's. */
export const WHATSAPP_OFF =
	/(?<!\b(?:number|nomor|user|pengguna|phone|to|ke|on|di) )\bwhatsapp (?:is )?(?:(?:not|tidak|belum) (?:connected|authori[sz]ed|logged in|terhubung|tersambung|terkoneksi|login)|disconnected|terputus)\b/i;

/** Nothing left to pay with, or nothing paid for: "insufficient balance", "masa aktif habis". */
export const NO_BALANCE =
	/\b(?:(?:insufficient|not enough) (?:balance|funds|credits?|money)|(?:balance|saldo|credits?) (?:(?:is|are|anda) ){0,2}(?:insufficient|not enough|too low|empty|used up|tidak (?:cukup|mencukupi)|habis|kurang)|(?:subscription|package|plan|licen[cs]e|account|langganan|paket|lisensi|akun|masa aktif|masa berlaku)(?: anda)? (?:(?:is|was|has|been|sudah|telah) ){0,3}(?:expired|ended|suspended|unpaid|locked|on hold|disabled|kedaluwarsa|kadaluarsa|berakhir|habis|ditangguhkan|dinonaktifkan))\b/i;

/** As many messages as the account may send: "daily limit reached", "kuota habis". Limits of a message are others. */
export const QUOTA_USED =
	/\b(?:quota|kuota(?: pesan)?|(?:daily|weekly|monthly|hourly|sending|account|package|plan|messages?)(?: (?:message|sending))? limit|(?:limit|batas) (?:harian|bulanan|pengiriman|pesan|paket))(?: anda)? (?:(?:is|was|has|been|sudah|telah) ){0,3}(?:exceeded|reached|used up|exhausted|habis|terlampaui|tercapai)\b|\b(?:exceeded|reached|used up|exhausted|out of|melebihi|mencapai)(?: (?:your|the|all|of)){0,2} (?:(?:daily|weekly|monthly|hourly|sending|account|package|plan)(?: (?:message|sending))? limit|(?:\w{1,20} )?(?:quota|kuota)|(?:limit|batas) (?:harian|bulanan))\b/i;
