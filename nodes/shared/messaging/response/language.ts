import type { INodePropertyOptions } from 'n8n-workflow';

/** The texts that a person who is asked sees. */
export interface PageTexts {
	/** Heading of the page with the question. */
	heading: string;
	/** Above the choices, or the field for a text. */
	answerLabel: string;
	/** On the button that sends a choice or text. */
	button: string;
	approve: string;
	decline: string;
	/** Before the link in the message. */
	link: string;
	thanks: string;
	recorded: string;
	/** Before the answer, when it was recorded. */
	answered: string;
	/** For a link whose question is over: answered, or too late. */
	over: string;
	overText: string;
	incompleteLink: string;
	chooseOne: string;
	writeAnswer: string;
}

interface Language {
	/** As a user of n8n chooses it. */
	name: string;
	direction: 'ltr' | 'rtl';
	texts: PageTexts;
}

/** By the tag of the language, as the page says it (BCP 47). */
export const LANGUAGES = {
	ar: {
		name: 'Arabic',
		direction: 'rtl',
		texts: {
			heading: 'نرجو منك الرد',
			answerLabel: 'إجابتك',
			button: 'إرسال',
			approve: 'موافقة',
			decline: 'رفض',
			link: 'أجب هنا',
			thanks: 'شكرًا لك',
			recorded: 'تم تسجيل ردك. يمكنك إغلاق هذه الصفحة.',
			answered: 'إجابتك:',
			over: 'لا يلزم أي رد',
			overText: 'تمت الإجابة عن هذا السؤال أو انتهت صلاحيته.',
			incompleteLink: 'هذا الرابط غير مكتمل. انسخه كاملًا.',
			chooseOne: 'اختر إحدى الإجابات.',
			writeAnswer: 'اكتب إجابة.',
		},
	},
	en: {
		name: 'English',
		direction: 'ltr',
		texts: {
			heading: 'Please respond',
			answerLabel: 'Your answer',
			button: 'Send',
			approve: 'Approve',
			decline: 'Decline',
			link: 'Answer here',
			thanks: 'Thank you',
			recorded: 'Your response was recorded. You can close this page.',
			answered: 'Your answer:',
			over: 'No response needed',
			overText: 'This question was already answered, or it has expired.',
			incompleteLink: 'This link is incomplete. Copy all of it.',
			chooseOne: 'Choose one of the answers.',
			writeAnswer: 'Write an answer.',
		},
	},
	es: {
		name: 'Spanish',
		direction: 'ltr',
		texts: {
			heading: 'Esperamos tu respuesta',
			answerLabel: 'Tu respuesta',
			button: 'Enviar',
			approve: 'Aprobar',
			decline: 'Rechazar',
			link: 'Responde aquí',
			thanks: 'Gracias',
			recorded: 'Hemos registrado tu respuesta. Puedes cerrar esta página.',
			answered: 'Tu respuesta:',
			over: 'No hace falta responder',
			overText: 'Esta pregunta ya se ha respondido o ha caducado.',
			incompleteLink: 'El enlace está incompleto. Cópialo entero.',
			chooseOne: 'Elige una de las respuestas.',
			writeAnswer: 'Escribe una respuesta.',
		},
	},
	hi: {
		name: 'Hindi',
		direction: 'ltr',
		texts: {
			heading: 'कृपया जवाब दें',
			answerLabel: 'आपका जवाब',
			button: 'भेजें',
			approve: 'स्वीकृत करें',
			decline: 'अस्वीकार करें',
			link: 'यहाँ जवाब दें',
			thanks: 'धन्यवाद',
			recorded: 'आपका जवाब दर्ज हो गया है। आप यह पेज बंद कर सकते हैं।',
			answered: 'आपका जवाब:',
			over: 'जवाब देने की ज़रूरत नहीं है',
			overText: 'इस सवाल का जवाब दिया जा चुका है या इसका समय समाप्त हो गया है।',
			incompleteLink: 'यह लिंक अधूरा है। पूरा लिंक कॉपी करें।',
			chooseOne: 'इनमें से एक जवाब चुनें।',
			writeAnswer: 'जवाब लिखें।',
		},
	},
	id: {
		name: 'Indonesian',
		direction: 'ltr',
		texts: {
			heading: 'Mohon tanggapan Anda',
			answerLabel: 'Jawaban Anda',
			button: 'Kirim',
			approve: 'Setuju',
			decline: 'Tolak',
			link: 'Jawab di sini',
			thanks: 'Terima kasih',
			recorded: 'Jawaban Anda sudah kami catat. Anda boleh menutup halaman ini.',
			answered: 'Jawaban Anda:',
			over: 'Tidak perlu dijawab lagi',
			overText: 'Pertanyaan ini sudah dijawab atau sudah kedaluwarsa.',
			incompleteLink: 'Tautan ini tidak lengkap. Salin seluruhnya.',
			chooseOne: 'Pilih salah satu jawaban.',
			writeAnswer: 'Tulis jawaban Anda.',
		},
	},
	ms: {
		name: 'Malay',
		direction: 'ltr',
		texts: {
			heading: 'Sila beri maklum balas',
			answerLabel: 'Jawapan anda',
			button: 'Hantar',
			approve: 'Lulus',
			decline: 'Tolak',
			link: 'Jawab di sini',
			thanks: 'Terima kasih',
			recorded: 'Jawapan anda telah direkodkan. Anda boleh menutup halaman ini.',
			answered: 'Jawapan anda:',
			over: 'Tidak perlu dijawab lagi',
			overText: 'Soalan ini telah dijawab atau telah tamat tempoh.',
			incompleteLink: 'Pautan ini tidak lengkap. Salin kesemuanya.',
			chooseOne: 'Pilih satu jawapan.',
			writeAnswer: 'Tulis jawapan anda.',
		},
	},
	pt: {
		name: 'Portuguese',
		direction: 'ltr',
		texts: {
			heading: 'Aguardamos sua resposta',
			answerLabel: 'Sua resposta',
			button: 'Enviar',
			approve: 'Aprovar',
			decline: 'Recusar',
			link: 'Responda aqui',
			thanks: 'Obrigado',
			recorded: 'Sua resposta foi registrada. Você pode fechar esta página.',
			answered: 'Sua resposta:',
			over: 'Não é preciso responder',
			overText: 'Esta pergunta já foi respondida ou expirou.',
			incompleteLink: 'O link está incompleto. Copie-o por inteiro.',
			chooseOne: 'Escolha uma das respostas.',
			writeAnswer: 'Escreva uma resposta.',
		},
	},
	ru: {
		name: 'Russian',
		direction: 'ltr',
		texts: {
			heading: 'Пожалуйста, ответьте',
			answerLabel: 'Ваш ответ',
			button: 'Отправить',
			approve: 'Одобрить',
			decline: 'Отклонить',
			link: 'Ответить здесь',
			thanks: 'Спасибо',
			recorded: 'Ваш ответ записан. Эту страницу можно закрыть.',
			answered: 'Ваш ответ:',
			over: 'Ответ не требуется',
			overText: 'На этот вопрос уже ответили, или срок ответа истёк.',
			incompleteLink: 'Ссылка неполная. Скопируйте её целиком.',
			chooseOne: 'Выберите один из ответов.',
			writeAnswer: 'Напишите ответ.',
		},
	},
} as const satisfies Record<string, Language>;

export type LanguageTag = keyof typeof LANGUAGES;

/** The languages as options, by their names. */
export const languageOptions: INodePropertyOptions[] = Object.entries(LANGUAGES)
	.map(([value, { name }]) => ({ name, value }))
	.sort((one, other) => one.name.localeCompare(other.name, 'en'));

/** The tags of the languages that pages come in. */
export const languageTags = Object.keys(LANGUAGES) as LanguageTag[];
