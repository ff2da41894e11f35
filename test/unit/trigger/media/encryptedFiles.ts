/**
 * Encrypted files of WhatsApp, made by another implementation than the one under test: HKDF-SHA256 by hand (RFC 5869, empty
 * salt) with Python's `hmac` and `hashlib`, and the command
 *
 *     openssl enc -aes-256-cbc -K <cipher key> -iv <iv>
 *
 * For file n the media key is SHA-256 of the text "media key n". 112 bytes are derived with the info "WhatsApp <kind> Keys":
 * iv 0 to 16, cipher key 16 to 48, MAC key 48 to 80. Behind what openssl writes stand the first 10 bytes of HMAC-SHA256(MAC
 * key, iv + that). All values are Base64.
 */
export const encryptedFiles = [
	{
		kind: 'Image',
		plain: '/9j/4AAQSkZJRgABAQAAAQABAABhIHNtYWxsIHBpY3R1cmX/2Q==',
		mediaKey: 's4uoZn1j+xzB5CVcZpXfDRNtZuC0NaERAOyd9qPMz1c=',
		encrypted: 'ZpXSbJ/gOieckyvKulJF16Yjdo4pFFWAdu8d8RPN7SqiAOTE3DdefmDiZoIkA8/j9IeUlQ7r6vhs3w==',
		fileSha256: '8+c/plKEwNi9WIHQZE+D3D5HYYmX78hxsewt1u04y1I=',
		fileEncSha256: 'lRkfjnpypueQuf31ybI3STC1g0wZQhpKwcLV33+FBlQ=',
	},
	{
		kind: 'Audio',
		plain: 'T2dnUwACYSB2b2ljZSBub3RlIG9mIHRoaXJ0eS10d28=',
		mediaKey: 'pDllXx7iWeXA8gfea/Nca7R0Ozh04tZPqLQea6Xf+Ho=',
		encrypted: 'FRS7zlXWf/aSgGOB71FLBzBfSdf5Mcvpw2n0+f9rk7uC8dfnrEG79FHFsJS94SaXPU0ws6DOPmkuwg==',
		fileSha256: 'fdGL1HAkfwfejBHgE66UmK+DzAOq3VRoSVAgdwDWlj0=',
		fileEncSha256: '58VY2kcqP9IQVSND07PZoYQvlwCsyUmzhrJJOhJ4Izo=',
	},
	{
		kind: 'Video',
		plain: 'AAAAGGZ0eXBpc29tcm91bmQgdmlkZW8=',
		mediaKey: 'KG1eIsYoT9CU0BRYkPVYoMzfJHhBXH0ASPJrUFHs0Dg=',
		encrypted: 'Xf+K4ZwiWwExdt6GDqfRC8j3+UlyKPJfbLj8+nZgRFNh3LdUMIfU2bgw',
		fileSha256: 'ZsUmVe2UgJCO0OGPmjQayAzn2ir3Mq0IRGHwtBT2SYY=',
		fileEncSha256: 'XuQsmBcdyM2j3OH9Zvk3L9e4n0Rg2L6wkvL336LXSPE=',
	},
	{
		kind: 'Document',
		plain: 'JVBERi0xLjQKJSVFT0YK',
		mediaKey: 'KxCy0TXN374cSv7sp/k38FaRN2+i+aWei0RZdlMYkoQ=',
		encrypted: 'qyXU2YQj2BugKwVzIzlL1r+Oo2SzBkC/Dlk=',
		fileSha256: 'FLzQkLrzHtumTpy9jN/BX5QzRKpyyzZ1rY6Rv8vOA60=',
		fileEncSha256: '5kccYdD1a636SzeTDxLbpxg9gm2ep2PU1ehq/ZGeXDg=',
	},
	{
		kind: 'Document',
		plain: '',
		mediaKey: '2I46eIqbJe8jSwIJJs9FisJ2hMAT5B4do76vOHlMW7c=',
		encrypted: 'oWHxThRX0qtLdF65TQSmb1x5BrNkZawAjVE=',
		fileSha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
		fileEncSha256: 'rqMujGnqDbTcDEJvBM3sp5OIjaRCQkOFMLCjDZ1uDHY=',
	},
] as const;
