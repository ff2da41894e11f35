import { isPlain } from '../../../merge';
import { userJid, wapioAccount } from '../seed';
import { Bytes, Long, Term } from './encode';
import type { Fields, Scene } from './scene';

/** The ways into a chat from outside (EVENTS.md 2.3, referral), by the word of the option. */
const REFERRALS: Record<'full' | 'opaque' | 'link', (scene: Scene) => Fields> = {
	full: ({ seconds }) => ({
		externalAdReply: {
			title: 'Pizza for two',
			body: 'Order on WhatsApp',
			mediaType: new Term(1, 'IMAGE'),
			thumbnailUrl: 'https://example.com/ad.jpg',
			mediaUrl: 'https://www.instagram.com/p/sandbox/',
			sourceType: 'ad',
			sourceId: '120200000000000001',
			sourceUrl: 'https://fb.me/sandbox',
			ctwaClid: 'sandbox-click-id',
			ref: 'spring',
			sourceApp: 'instagram',
			greetingMessageBody: 'Hi! How can we help?',
			containsAutoReply: false,
			renderLargerThumbnail: true,
			showAdAttribution: true,
		},
		conversionSource: 'FB_Ads',
		conversionData: new Bytes(Buffer.from('sandbox conversion')),
		entryPointConversionSource: 'ctwa_ad',
		entryPointConversionApp: 'instagram',
		entryPointConversionDelaySeconds: 7,
		ctwaSignals: `2,${seconds}`,
	}),
	opaque: () => ({
		conversionSource: 'FB_Ads',
		conversionData: new Bytes(Buffer.from('sandbox conversion')),
		ctwaPayload: new Bytes(Buffer.from('sandbox payload')),
		entryPointConversionSource: 'ctwa_ad',
	}),
	link: () => ({
		entryPointConversionSource: 'click_to_chat_link',
		entryPointConversionApp: 'browser',
		utm: { utmSource: 'newsletter', utmCampaign: 'spring' },
	}),
};

const CHANNEL_POST: Fields = {
	newsletterJid: wapioAccount.channel,
	serverMessageId: 143,
	newsletterName: 'Shop news',
};

/** What goes along with the content (EVENTS.md 4.4b); undefined when nothing does. */
export function contextOf(scene: Scene): Fields | undefined {
	const { quoted, forwarded, mentions, ad, expiration } = scene.options;
	const context: Fields = {};
	if (quoted !== undefined && quoted !== false) {
		const { id, text = 'What size?', story = false } = quoted === true ? {} : quoted;
		Object.assign(context, {
			stanzaId: id ?? scene.idOf('quoted'),
			participant: scene.isOwn ? scene.personId : scene.me.jid,
			quotedMessage: { conversation: text },
			remoteJid: story ? 'status@broadcast' : undefined,
		});
	}
	if (forwarded !== undefined) {
		const score = typeof forwarded === 'number' ? forwarded : Number(forwarded !== false);
		Object.assign(context, {
			isForwarded: score > 0,
			forwardingScore: score,
			forwardedNewsletterMessageInfo: forwarded === 'channel' ? CHANNEL_POST : undefined,
		});
	}
	if (mentions !== undefined) {
		const people = mentions.filter((who) => who !== 'all' && who !== 'group');
		context.mentionedJid = people.map((who) =>
			who === 'me' ? scene.me.jid : who.includes('@') ? who : userJid(who),
		);
		if (mentions.includes('all')) context.nonJidMentions = 1;
		if (mentions.includes('group'))
			context.groupMentions = [{ groupJid: wapioAccount.groups.team, groupSubject: 'Team & Friends' }];
	}
	if (expiration !== undefined)
		Object.assign(context, { expiration, ephemeralSettingTimestamp: new Long(scene.seconds - 60) });
	if (ad !== undefined && ad !== false) Object.assign(context, REFERRALS[ad === true ? 'full' : ad](scene));
	return Object.keys(context).length === 0 ? undefined : context;
}

/** Puts a context into the part that carries the content; a plain text becomes one that can carry it, as in WhatsApp. */
export function withContext(message: Fields, context: Fields | undefined): Fields {
	if (context === undefined) return message;
	const { conversation, ...rest } = message;
	if (typeof conversation === 'string')
		return { extendedTextMessage: { text: conversation, contextInfo: context }, ...rest };
	const entry = Object.entries(rest).find(([name, part]) => name !== 'messageContextInfo' && isPlain(part));
	if (entry === undefined) return { ...message, messageContextInfo: context };
	const [name, part] = entry;
	if (!isPlain(part)) return message;
	// Of a wrapper it is the content inside that carries it.
	const { message: inner } = part;
	return {
		...message,
		[name]: isPlain(inner)
			? { ...part, message: withContext(inner, context) }
			: { ...part, contextInfo: { ...(isPlain(part.contextInfo) ? part.contextInfo : {}), ...context } },
	};
}
