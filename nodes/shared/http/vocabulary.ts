/* How values of an answer say yes and no, whoever the provider is. */

/** The switch position that a text means. */
const TRUE = new Set(['true', '1', 'yes', 'ya']);
const FALSE = new Set(['false', '0', 'no', 'tidak']);

/** Words that say no as the first ones of a status, in English and Indonesian, or with names of a failure as the last ones. */
const FIRST_NO =
	/^(?:failed|rejected|refused|denied|declined|invalid|undelivered|undeliverable|unsent|unauthori[sz]ed|forbidden|blocked|unsuccess(?:ful|fully)?|(?:not|never)_(?:sent|delivered|accepted|authori[sz]ed|allowed|successful)|gagal|ditolak|tidak_(?:terkirim|valid|berhasil)|belum_terkirim)(?:_|$)/;
const LAST_NO =
	/_(?:failed|rejected|refused|denied|declined|invalid|undelivered|undeliverable|unsent|unauthori[sz]ed|forbidden|blocked|unsuccess(?:ful|fully)?|(?:not|never)_(?:sent|delivered|accepted|authori[sz]ed|allowed|successful)|gagal|ditolak|tidak_(?:terkirim|valid|berhasil)|belum_terkirim|error|errors|failure|fail|exception)$/;

/** What would be said of a session or device, and what a change may have brought about. */
const NO_OF_SENDS =
	/(?:^|_)(?:disconnected|not_(?:connected|registered|found)|expired|cancell?ed|logged_out|offline|tidak_(?:terhubung|terdaftar|ditemukan))$|^(?:disconnected|not_(?:connected|registered|found)|expired|cancell?ed|logged_out|offline|tidak_(?:terhubung|terdaftar|ditemukan))_/;

/** Names of a failure; in front of other words they may be part of a name: "error_report", "Failure rate 0%". */
const NAME_OF_NO = /^(?:error|errors|failure|fail|exception)$/;

/** "not failed", "failed: 0", "without error". */
const NEGATED =
	/^(?:no|non|none|not|never|without|zero|0|tanpa|tidak_ada)_(?:fail|err|reject|refus|exception)|^failed_(?:over|0$|none$)/;

/** Texts in an error field that mean there was no error. */
const NO_ERROR =
	/^(?:|null|nil|nihil|none|no|non|not|false|0{1,20}|0_0|undefined|n_?a|ok|okay|success|successful|successfully|sukses|berhasil|kosong|empty|(?:error|err)_(?:none|ok|success)|(?:no|none|without|tanpa|tidak_ada|tidak)_?(?:any_)?(?:errors?|err|problems?|issues?|kesalahan|masalah|galat|eror)(?:_found|_occurred)?|tidak_ada)$/;

/** In a sentence for people: something is not there that a send needs. */
const SOUNDS_LIKE_NO =
	/(?:^|_)(?:not|tidak|belum|never)_(?:yet_)?(?:connected|registered|found|sent|delivered|authori[sz]ed|terhubung|terdaftar|terkirim|ditemukan)(?:_|$)|(?:^|_)(?:disconnected|offline|logged_out)(?:_|$)|^(?:failed|gagal)(?:_|$)/;

/** Characters of a text that are compared. */
const COMPARED = 100;

/** What most words are: as they are compared. */
const PLAIN_WORD = /^[a-z\d]{1,100}$/;

/** The beginning of a text or a number as it is compared: "Not Sent" as "not_sent", "N/A" as "n_a". */
export function wordOf(value: unknown): string {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') return '';
	if (PLAIN_WORD.test(text)) return text;
	return text
		.trimStart()
		.slice(0, COMPARED)
		.toLowerCase()
		.split(/[^\p{L}\p{N}]/u)
		.filter((part) => part !== '')
		.join('_');
}

/** Whether a switch, in whatever form it is written, is in this position. */
export function isFlag(value: unknown, wanted: boolean): boolean {
	return value === wanted || (wanted ? TRUE : FALSE).has(wordOf(value));
}

/**
 * Whether a status says no.
 *
 * @param isSend whether it answers a send: a session that is to be disconnected may be "disconnected"
 */
export function saysNo(value: unknown, isSend: boolean): boolean {
	if (typeof value !== 'string') return false;
	const word = wordOf(value);
	if (NEGATED.test(word)) return false;
	// "ERROR: device is offline" has the name of the failure, and what it is.
	const [first = ''] = value.slice(0, COMPARED).split(/[:;,.!(]/);
	const isNo =
		[word, wordOf(first)].some((each) => NAME_OF_NO.test(each)) || FIRST_NO.test(word) || LAST_NO.test(word);
	return isNo || (isSend && NO_OF_SENDS.test(word));
}

/** Whether a sentence for people says that something a send needs is not there. */
export function soundsLikeNo(value: unknown): boolean {
	return typeof value === 'string' && SOUNDS_LIKE_NO.test(wordOf(value));
}

/** Whether the value of an error field reports an error. */
export function isError(value: unknown, level = 0): boolean {
	if (typeof value === 'string') return !NO_ERROR.test(wordOf(value));
	if (typeof value === 'object' && value !== null)
		return Object.values(value).some((each) => (level < 5 ? isError(each, level + 1) : true));
	return value === true || (typeof value === 'number' && value !== 0);
}

/** A number of three digits, as number or text. */
export function statusCode(value: unknown): number | undefined {
	const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\s{0,9}\d{3}\s{0,9}$/.test(value));
	const code = isNumber ? Number(value) : Number.NaN;
	return Number.isInteger(code) && code >= 100 && code < 600 ? code : undefined;
}

/** Whether a name, an id or a text is there. */
export function isFilled(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() !== '';
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return typeof value === 'number' && value !== 0;
}
