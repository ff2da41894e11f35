import { extensionOf, mimeTypeByName, plainMimeType, usualMimeType } from '../../nodes/shared/mimeType';

it.each([
	...['aac audio/aac', 'gif image/gif', 'jpeg image/jpeg', 'jpg image/jpeg', 'm4a audio/mp4', 'mp3 audio/mpeg'],
	...['mp4 video/mp4', 'oga audio/ogg', 'ogg audio/ogg', 'opus audio/ogg', 'pdf application/pdf', 'PNG image/png'],
	...['webp image/webp', '3gp video/3gpp', 'vcf text/x-vcard'],
])('what people send over WhatsApp: %s', (pair) => {
	const [extension, type] = pair.split(' ');
	expect(mimeTypeByName(`file.${extension}`)).toBe(type);
});

it('an unknown extension, or none, has no type', () => {
	expect(mimeTypeByName('file.qqqq')).toBeUndefined();
	expect(mimeTypeByName('')).toBeUndefined();
});

it.each([
	['image/jpg', 'image/jpeg'],
	['image/x-png', 'image/png'],
	['Audio/X-WAV; codecs=1', 'audio/wav'],
	['audio/mp3', 'audio/mpeg'],
	['application/x-zip-compressed', 'application/zip'],
	// The extension 3gpp is a video's as well, which the sound is not.
	['audio/3gpp', 'audio/3gpp'],
	['application/octet-stream', 'application/octet-stream'],
	['image/*', 'image/*'],
	['text/x-vcard', 'text/vcard'],
	['audio/opus', 'audio/ogg'],
	['image/pjpeg', 'image/jpeg'],
	['video/x-m4v', 'video/mp4'],
	['application/x-msexcel', 'application/vnd.ms-excel'],
])('%s is usually called %s', (written, usual) => {
	expect(usualMimeType(written)).toBe(usual);
});

it('a type has an extension', () => {
	expect([extensionOf('image/jpeg'), extensionOf('image/svg+xml'), extensionOf('a/b')]).toEqual([
		'jpg',
		'svg',
		undefined,
	]);
});

it.each([
	['image/jpeg', 'image/jpeg'],
	[' Image/JPEG ; charset=binary', 'image/jpeg'],
	['application/vnd.ms-excel', 'application/vnd.ms-excel'],
	['image/svg+xml', 'image/svg+xml'],
	['image/jpeg\r\nX-Header: yes', undefined],
	['../../etc/passwd', undefined],
	['jpeg', undefined],
	['', undefined],
	[null, undefined],
])('of %j the plain type is %j', (written, type) => {
	expect(plainMimeType(written)).toBe(type);
});
