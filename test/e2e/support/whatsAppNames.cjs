/* Loaded into n8n before anything else: names of WhatsApp's servers, which a machine without internet cannot look up. */
const dns = require('node:dns');

/** A public address of WhatsApp's; nothing connects to it, since a proxy leads the way. */
const FOUND = { address: '157.240.0.60', family: 4 };
const isWhatsApp = (name) => typeof name === 'string' && name.endsWith('.whatsapp.net');

const { lookup } = dns.promises;
dns.promises.lookup = async (name, options) => {
	if (!isWhatsApp(name)) return await lookup(name, options);
	return options?.all ? [FOUND] : FOUND;
};
