import type { InboundContract } from '../../../contracts/types';

/** The webhook call that the API reference shows. */
export const whacenterExample: InboundContract = {
	source: 'Webhook',
	payload: {
		from: '6285603051722',
		to: '6285156108635',
		message: 'help',
		// The API reference says "url" here.
		media: 'https://app.whacenter.com/media/bird.jpg',
		// No zone is given; the schedule of the same API is UTC+7.
		timestamp: '2021-10-10 11:49:50',
	},
};

/** Requests Whacenter makes. */
export const whacenterInbound: InboundContract[] = [whacenterExample];
