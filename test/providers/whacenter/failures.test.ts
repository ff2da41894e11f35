import { whacenterAccount } from '../../../sandbox';
import { describeFailureTable } from '../../support/tables/failureTable';
import { whacenter } from './bench';

const { devices } = whacenterAccount;

const refused = {
	message: 'Whacenter refused the request: "device not connected or not found"',
	description: /Nothing was sent\./,
	requests: 1,
	accepted: 0,
	facts: { outcome: 'refused', httpCode: 200, attempts: 1 },
};

describeFailureTable({
	displayName: 'Whacenter',
	provider: whacenter,
	secrets: [...Object.values(devices), 'not-the-right-device'],
	read: { parameters: { resource: 'device', operation: 'getStatus' }, has: 'qr' },
	change: { resource: 'device', operation: 'relog', device: 'credential' },
	lines: [
		{ ...refused, name: 'a device id that there is not', credential: { deviceId: 'not-the-right-device' } },
		{ ...refused, name: 'a device that is not connected', credential: { deviceId: devices.timedOut } },
		{
			...refused,
			name: 'another device of the message that is not connected',
			parameters: { options: { deviceId: devices.waiting } },
			description: /Check the Device ID in the options\./,
		},
		{
			...refused,
			name: 'a refusal that repeats the device id',
			fault: { kind: 'bodyError', message: `device ${devices.connected} has expired` },
			message: 'Whacenter refused the request: "device *** has expired"',
		},
		{
			...refused,
			name: 'a refusal that repeats the device id of the message',
			parameters: { options: { deviceId: devices.waiting } },
			fault: { kind: 'bodyError', message: `device ${devices.waiting} has expired` },
			message: 'Whacenter refused the request: "device *** has expired"',
		},
		{
			...refused,
			name: '"error" with a reason',
			fault: { kind: 'status', status: 200, body: { status: 'error', reason: 'The package is used up' } },
			message: 'Whacenter refused the request: "The package is used up"',
		},
		{
			name: 'JSON of another API',
			fault: { kind: 'status', status: 200, body: { result: 'sent' } },
			message: /^Whacenter returned an unreadable response \(HTTP 200, .+\): the message may have been sent$/,
			description: /was not sent again/,
			requests: 1,
			accepted: 0,
			facts: { outcome: 'unknown', httpCode: 200, attempts: 1 },
		},
	],
});
