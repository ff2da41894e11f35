import { balesOtomatis as gateway } from '../../../nodes/BalesOtomatis/balesotomatis.gateway';
import { balesOtomatisAccount } from '../../../sandbox';
import { describeRetryTable } from '../../support/tables/retryTable';
import { balesOtomatis, byId } from './bench';

const { number, phoneNumber, text } = balesOtomatis.sendText;
const { groups, licenseKey, templates } = balesOtomatisAccount;
const toPerson = { number, phoneNumber };
const toGroup = { number, group: byId(groups.first) };
const conversation = { licenseKey, phoneNumber };
const fileUrl = 'https://example.com/invoice.pdf';
const imageUrl = 'https://example.com/picture.png';

describeRetryTable({
	displayName: 'BalesOtomatis',
	provider: balesOtomatis,
	gateway,
	sends: {
		'personalMessage.sendAndWait': { parameters: { ...toPerson, message: text }, items: 1 },
		'personalMessage.sendText': { parameters: { ...toPerson, text } },
		'personalMessage.sendImage': { parameters: { ...toPerson, imageUrl, caption: text } },
		'personalMessage.sendFile': { parameters: { ...toPerson, fileUrl, caption: text } },
		'groupMessage.sendText': { parameters: { ...toGroup, text } },
		'groupMessage.sendImage': { parameters: { ...toGroup, imageUrl, caption: text } },
		'groupMessage.sendFile': { parameters: { ...toGroup, fileUrl, caption: text } },
		'conversation.sendText': { parameters: { ...conversation, text } },
		'conversation.sendImage': { parameters: { ...conversation, imageUrl, caption: text } },
		'conversation.sendDocument': { parameters: { ...conversation, fileUrl, fileName: 'invoice.pdf' } },
		'conversation.sendLocation': {
			parameters: { ...conversation, latitude: '-6.2', longitude: '106.816666', locationName: 'Jakarta' },
		},
		'otp.send': {
			parameters: {
				...toPerson,
				customerName: text ?? '',
				serviceName: 'Login',
				companyName: 'Toko Sari',
				lifetime: 60,
			},
		},
		'template.send': {
			parameters: { ...conversation, template: byId(templates.plain), variables: {} },
		},
	},
});
