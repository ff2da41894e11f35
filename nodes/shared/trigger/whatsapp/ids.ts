/** Ids as the readers of messages need them: whose they are, and of what kind the chat is. */
export { isSamePerson, NOBODY, type Person, personOf, withoutLidAsPhone } from '../../messaging/person';
export { kindOfId as kindOf } from '../../messaging/whatsAppId';
export { addressOf, chatTypeOf } from '../event/chatType';
