/*
 * Other scripts in Latin letters, roughly: enough to find and to see agreement, never to spell. Sources: BGN/PCGN
 * for Cyrillic and Greek, RTGS for Thai consonants, Revised Romanization for Hangul, Hepburn for kana; scripts
 * that leave vowels out (Arabic, Hebrew) and those whose vowels stand around the consonant (Thai, Lao, Khmer) give
 * consonants, and are compared as consonants.
 */

const table = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split(" ").map((pair) => [[...pair][0] as string, [...pair].slice(1).join("")]));

const alphabetic = table(
  "аa бb вv гg дd еe ёe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ьy эe юyu яya іi їyi єye ґg ўu јj љlj њnj ћc ђdj џdz ѓg ќk ѕdz қk ғg ңn өo ұu үu һh әa " +
    "αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo " +
    "աa բb գg դd եe զz էe ըy թt ժzh իi լl խkh ծts կk հh ձdz ղgh ճch մm յy նn շsh ոo չch պp ջj ռr սs վv տt րr ցts ւv փp քk օo ֆf և.ev " +
    "აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch ხkh ჯj ჰh",
);
const consonantal = table(
  "اa أa إi آa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz عa غgh فf قq كk کk گg لl مm نn هh ةa وw ؤw يy یy ىa ئy ءa پp چch ژzh " +
    "אa בb גg דd הh וv זz חh טt יy כk ךk לl מm םm נn ןn סs עa פp ףp צts ץts קk רr שsh תt " +
    "กk ขkh ฃkh คkh ฅkh ฆkh งng จch ฉch ชch ซs ฌch ญy ฎd ฏt ฐth ฑth ฒth ณn ดd ตt ถth ทth ธth นn บb ปp ผph ฝf พph ฟf ภph มm ยy รr ลl วw ศs ษs สs หh ฬl อ ฮh " +
    "ກk ຂkh ຄkh ງng ຈch ສs ຊs ຍny ດd ຕt ຖth ທth ນn ບb ປp ຜph ຝf ພph ຟf ມm ຢy ຣr ລl ວv ຫh ອ ຮh ໜn ໝm " +
    "កk ខkh គk ឃkh ងng ចch ឆch ជch ឈch ញnh ដd ឋth ឌd ឍth ណn តt ថth ទt ធth នn បb ផph ពp ភph មm យy រr លl វv សs ហh ឡl អ",
);
const kana = table(
  "あa いi うu えe おo かka きki くku けke こko がga ぎgi ぐgu げge ごgo さsa しshi すsu せse そso ざza じji ずzu ぜze ぞzo たta ちchi つtsu てte とto だda ぢji づzu でde どdo なna にni ぬnu ねne のno はha ひhi ふfu へhe ほho ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa をo んn ゔvu",
);
/** Frequent family names and given-name characters: Mandarin, then Sino-Vietnamese. */
const han: ReadonlyMap<string, string> = new Map(
  "王wang 李li 张zhang 張zhang 刘liu 劉liu 陈chen 陳chen 杨yang 楊yang 黄huang 黃huang 赵zhao 趙zhao 吴wu 吳wu 周zhou 徐xu 孙sun 孫sun 马ma 馬ma 朱zhu 胡hu 郭guo 何he 林lin 高gao 罗luo 羅luo 郑zheng 鄭zheng 梁liang 谢xie 謝xie 宋song 唐tang 许xu 許xu 邓deng 鄧deng 冯feng 馮feng 韩han 韓han 曹cao 曾zeng 彭peng 萧xiao 蕭xiao 肖xiao 蔡cai 潘pan 田tian 董dong 袁yuan 于yu 余yu 叶ye 葉ye 蒋jiang 蔣jiang 杜du 苏su 蘇su 魏wei 程cheng 吕lv 呂lv 丁ding 沈shen 任ren 姚yao 卢lu 盧lu 傅fu 钟zhong 鍾zhong 姜jiang 崔cui 谭tan 譚tan 廖liao 范fan 汪wang 陆lu 陸lu 金jin 石shi 戴dai 贾jia 賈jia 韦wei 韋wei 夏xia 邱qiu 方fang 侯hou 邹zou 鄒zou 熊xiong 孟meng 秦qin 白bai 江jiang 阮ruan 武wu 裴pei 吾wu 毛mao 习xi 習xi 邢xing 伟wei 偉wei 芳fang 娜na 敏min 静jing 靜jing 丽li 麗li 强qiang 強qiang 磊lei 军jun 軍jun 洋yang 勇yong 艳yan 艷yan 杰jie 傑jie 涛tao 濤tao 明ming 超chao 秀xiu 霞xia 平ping 刚gang 剛gang 桂gui 英ying 华hua 華hua 玉yu 兰lan 蘭lan 红hong 紅hong 文wen 小xiao 晓xiao 曉xiao 建jian 国guo 國guo 志zhi 海hai 东dong 東dong 春chun 德de 思si 雪xue 飞fei 飛fei 鹏peng 鵬peng 云yun 雲yun 龙long 龍long 波bo 宁ning 寧ning 子zi 天tian 永yong 安an 成cheng 立li 正zheng 新xin 忠zhong 光guang 庆qing 慶qing 荣rong 榮rong 福fu 良liang 清qing 美mei 中zhong 大da 山shan 远yuan 遠yuan 宏hong 振zhen 俊jun 佳jia 嘉jia 雨yu 欣xin 宇yu 泽ze 澤ze 浩hao 轩xuan 軒xuan 近jin 北bei 京jing 上shang 州zhou 南nan 西xi 星xing 科ke 技ji 三san 四si 五wu 六liu 七qi 八ba 九jiu 十shi 一yi 二er 民min 生sheng 祥xiang 瑞rui 琳lin 婷ting 颖ying 穎ying 慧hui 莉li 燕yan 冰bing 凤feng 鳳feng 梅mei 松song 柏bai 世shi 长chang 長chang 胜sheng 勝sheng 利li 信xin 义yi 義yi 仁ren 礼li 禮li 智zhi 元yuan 家jia 力li 和he 康kang 健jian 鸣ming 鳴ming 博bo 翔xiang 昊hao 然ran 诗shi 詩shi 涵han 怡yi 紫zi 萱xuan 毅yi 斌bin 彬bin 峰feng 锋feng 鋒feng 旭xu 阳yang 陽yang 晨chen 辉hui 輝hui"
    .split(" ")
    .map((pair) => [pair[0] as string, pair.slice(1)]),
);

const lead = "g kk n d tt r m b pp s ss - j jj ch k t p h".split(" ").map((x) => (x === "-" ? "" : x));
const vowel = "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split(" ");
const tail = "- k k k n n n t l k m p l l p l m p p t t ng t t k t p t".split(" ").map((x) => (x === "-" ? "" : x));

/** A name in Latin letters and how far to trust it: `letters`, or `consonants` only; `unread` counts characters left. */
export type Romanized = { readonly text: string; readonly level: "letters" | "consonants"; readonly unread: number };

/** Romanizes what is not Latin in a lower-case text of at most 1,024 characters; spaces stay. */
export function romanize(text: string): Romanized {
  let out = "";
  let level: Romanized["level"] = "letters";
  let unread = 0;
  const lower = text.toLowerCase().replace(/[\u30a1-\u30f6]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
  for (const c of lower.slice(0, 1024)) {
    const code = c.codePointAt(0) as number;
    const letter = alphabetic.get(c) ?? kana.get(c);
    const consonant = consonantal.get(c);
    const character = han.get(c);
    if (letter !== undefined) out += letter.replace(".", "");
    else if (consonant !== undefined) {
      out += consonant;
      level = "consonants";
    } else if (character !== undefined) out += ` ${character} `;
    else if (code >= 0xac00 && code <= 0xd7a3) {
      const s = code - 0xac00;
      out += ` ${lead[Math.floor(s / 588)]}${vowel[Math.floor((s % 588) / 28)]}${tail[s % 28]} `;
    } else if (c === "ゃ" || c === "ゅ" || c === "ょ") {
      const small = { ゃ: "a", ゅ: "u", ょ: "o" }[c];
      out = /(?:sh|ch|j)i$/.test(out) ? out.slice(0, -1) + small : `${out.replace(/i$/, "y")}${small}`;
    } else if (c === "っ" || c === "ー") out += "";
    else if (
      /\p{M}/u.test(c) ||
      (code >= 0x0e00 && code < 0x0f00) ||
      (code >= 0x0590 && code < 0x0700) ||
      (code >= 0x1780 && code < 0x1800)
    )
      out += "";
    else if (code < 0x250 || (code >= 0x1e00 && code < 0x1f00) || /[\s\p{P}\p{S}]/u.test(c)) out += c;
    else unread++;
  }
  return { text: out.replace(/ {2,}/g, " ").trim(), level, unread };
}
