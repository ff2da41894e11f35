import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { IDataObject } from 'n8n-workflow';
import type { ProviderName } from '../../../../sandbox';
import type { IncomingEvent, SandboxTriggerBench } from './bench';

/** The events of the sandbox that the filters are tried with. */
interface FilterTable<Name extends ProviderName> {
	/** Messages of the connected phone itself, in the ways the provider may write that. */
	own: Array<IncomingEvent<Name>>;
	/** Messages in groups. */
	groups: Array<IncomingEvent<Name>>;
	/** Messages that are neither in a group nor in a private chat. */
	elsewhere?: Array<IncomingEvent<Name>>;
	/** A message from a sender, and one from somebody else. */
	senders: { wanted: IncomingEvent<Name>; other: IncomingEvent<Name> };
	/** The wanted sender's number as a person may write it. */
	written: string;
}

/** The filters that every trigger has. */
export function describeFilters<Name extends ProviderName>(
	{ startedBy, publish }: SandboxTriggerBench<Name>,
	{ own, groups, elsewhere = [], senders, written }: FilterTable<Name>,
): void {
	const text: IncomingEvent<Name> = ['text'];
	const labelled = (events: Array<IncomingEvent<Name>>) =>
		events.map((event) => ({ name: JSON.stringify(event), event }));
	const chatTypes = (items: IDataObject[]) => items.map(({ chat }) => (chat as IDataObject).type);

	describe('filters', () => {
		it.each(labelled(own))('own messages are dropped: $name', async ({ event }) => {
			expect(await startedBy({}, [event])).toEqual([]);
		});

		it.each(labelled(own))('own messages start the workflow if wanted: $name', async ({ event }) => {
			expect(await startedBy({ options: { includeOwn: true } }, [event])).toMatchObject([
				{ direction: 'outgoing' },
			]);
		});

		it.each(labelled(groups))('by chat: $name is in a group', async ({ event }) => {
			expect(chatTypes(await startedBy({ chats: 'group' }, [text, event, ...elsewhere]))).toEqual(['group']);
		});

		it.each(labelled(groups))('by chat: $name is not private', async ({ event }) => {
			expect(chatTypes(await startedBy({ chats: 'private' }, [text, event, ...elsewhere]))).toEqual(['private']);
		});

		it.each(['({ includeOwn: true })', '\'{ "includeOwn": "true" }\''])(
			'by options that are one expression: %s',
			async (given) => {
				const found = await startedBy({ options: `={{ ${given} }}` }, own.slice(0, 1));
				expect(found).toMatchObject([{ direction: 'outgoing' }]);
			},
		);

		it('are refused where an expression names an option that does not exist', async () => {
			const refused = publish({ options: '={{ ({ includeOwnMessages: true }) }}' });
			await expect(refused).rejects.toThrow(
				/^Options: there is no "includeOwnMessages" in it\. Use one of these: /,
			);
		});

		it('by sender, whose national number is of the Default Country in the credential', async () => {
			const { country, nationalNumber } = parsePhoneNumberFromString(`+${written.replace(/\D/g, '')}`) ?? {};
			const options = { senders: `0${nationalNumber}` };
			const found = await startedBy({ options }, [senders.wanted, senders.other], {
				defaultCountry: country ?? '',
			});
			expect(found.map(({ sender }) => (sender as IDataObject).phone)).toEqual([written.replace(/\D/g, '')]);
		});

		it('by sender, however the number is written', async () => {
			const found = await startedBy({ options: { senders: written } }, [senders.wanted, senders.other]);
			expect(found.map(({ sender }) => (sender as IDataObject).phone)).toEqual([written.replace(/\D/g, '')]);
		});
	});
}
