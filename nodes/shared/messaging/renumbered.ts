/** A country that has changed its numbers, and whose older ones WhatsApp still knows people by. */
interface Renumbering {
	/** Two letters (ISO 3166-1). */
	country: string;
	/** The number with the digits that were added. */
	longer: RegExp;
	/** The same without them, as a replacement: what both forms have in common. */
	shorter: string;
	/** The form that no numbering plan knows any more, and WhatsApp does; absent where plans know both. */
	retired?: RegExp;
}

/** Countries and how their numbers changed. Only whole numbers with country code fit. */
export const RENUMBERED: readonly Renumbering[] = [
	// Brazil: mobiles got a 9 from 2012 to 2016; their eight digits began with 6 to 9. Landlines, 2 to 5, never had one.
	{
		country: 'BR',
		longer: /^55([1-9]{2})9([6-9]\d{7})$/,
		shorter: '55$1$2',
		retired: /^55[1-9]{2}[6-9]\d{7}$/,
	},
	// Mexico: mobiles lost their 1 in 2019.
	{ country: 'MX', longer: /^521(\d{10})$/, shorter: '52$1', retired: /^521[1-9]\d{9}$/ },
	// Argentina: mobiles have a 9 when they are called from abroad.
	{ country: 'AR', longer: /^549(\d{10})$/, shorter: '54$1' },
	// Ivory Coast: all eight-digit numbers got two digits in front in 2021.
	{
		country: 'CI',
		longer: /^225(?:01|05|07|21|25|27)(\d{8})$/,
		shorter: '225$1',
		retired: /^225\d{8}$/,
	},
	// Benin: all eight-digit numbers got 01 in front on 2024-11-30.
	{ country: 'BJ', longer: /^22901(\d{8})$/, shorter: '229$1', retired: /^229\d{8}$/ },
];

/** Whether it is a number in a form that its country has given up. */
export function isRetired(digits: string): boolean {
	return RENUMBERED.some(({ retired }) => retired?.test(digits) === true);
}
