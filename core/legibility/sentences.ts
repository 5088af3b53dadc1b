// Findings in plain sentences for the desk: what is wrong on the screen, and what to do about it.
import type { Language, LocalText } from '../primitives.ts';
import type { RuleId } from './rules.ts';

export interface FindingFigures {
  readonly rule: RuleId;
  readonly measured: number;
  readonly required: number;
  readonly text?: string;
}

interface Said {
  readonly what: LocalText;
  readonly suggestion: LocalText;
}

const locales: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };
const number = (value: number, language: Language) => new Intl.NumberFormat(locales[language], { maximumFractionDigits: 1 }).format(value);
const said = (what: [vi: string, en: string], suggestion: [vi: string, en: string]): Said => ({
  what: { vi: what[0], en: what[1] },
  suggestion: { vi: suggestion[0], en: suggestion[1] },
});

const shorterLink: [string, string] = [
  'Dùng liên kết ngắn, chữ in hoa, hoặc chọn màn hình có người đứng gần hơn.',
  'Use a short link in capitals, or a screen where people stand closer.',
];
const shorterWords: [string, string] = ['Viết ngắn lại, hoặc chia thành hai mục.', 'Write fewer words, or make two items of them.'];

/** The sentences of a finding, Vietnamese first. */
export function sentencesOf({ rule, measured, required, text = '' }: FindingFigures): Said {
  const vi = { is: number(measured, 'vi'), must: number(required, 'vi') };
  const en = { is: number(measured, 'en'), must: number(required, 'en') };
  switch (rule) {
    case 'minModulePx':
      return said(
        [`Mỗi ô của mã QR chỉ có ${vi.is} điểm ảnh; cần ít nhất ${vi.must}.`, `A module of the QR code has only ${en.is} pixels; it needs ${en.must}.`],
        shorterLink,
      );
    case 'codeWholePixels':
      return said(
        [
          'Ô của mã QR không tròn điểm ảnh, nên bị nhòe hoặc lệch và máy ảnh không đọc được.',
          'Modules of the QR code are not whole pixels: blurred or uneven, no camera reads them.',
        ],
        ['Phóng mã theo số nguyên điểm ảnh cho mỗi ô, không làm mịn.', 'Scale the code to a whole number of pixels a module, without smoothing.'],
      );
    case 'quietModules':
      return said(
        [`Lề trắng quanh mã QR rộng ${vi.is} ô; cần ${vi.must} ô.`, `The quiet zone of the QR code is ${en.is} modules wide; it needs ${en.must}.`],
        ['Chừa đủ lề trắng bốn phía.', 'Leave the margin free on all four sides.'],
      );
    case 'moduleMmPerM':
      return said(
        [
          `Mã QR quá nhỏ để quét từ chỗ gần nhất người xem đứng: mỗi ô ${vi.is} mm, cần ${vi.must} mm.`,
          `The QR code is too small to scan from the nearest place people stand: a module is ${en.is} mm, it needs ${en.must} mm.`,
        ],
        shorterLink,
      );
    case 'moduleMmPerMComfort':
      return said(
        [
          `Mã QR quét được nhưng chưa thoải mái: mỗi ô ${vi.is} mm, nên đạt ${vi.must} mm.`,
          `The QR code scans, but not with ease: a module is ${en.is} mm, ${en.must} mm would be comfortable.`,
        ],
        shorterLink,
      );
    case 'codeWidthShare':
      return said(
        [
          `Mã QR rộng ${vi.is} mm; nên rộng ít nhất một phần mười khoảng cách, là ${vi.must} mm.`,
          `The QR code is ${en.is} mm wide; a tenth of the distance would be ${en.must} mm.`,
        ],
        shorterLink,
      );
    case 'maxCodeVersion':
      return said(
        [
          `Liên kết dài nên mã QR lên phiên bản ${vi.is}; nên giữ ở phiên bản ${vi.must} trở xuống.`,
          `The link is long, so the QR code has version ${en.is}; ${en.must} or less is better.`,
        ],
        ['Rút ngắn liên kết, bỏ tham số theo dõi, viết chữ in hoa.', 'Shorten the link, leave out tracking parameters, write it in capitals.'],
      );
    case 'minCodeSeconds':
      return said(
        [
          `Mã QR chỉ hiện ${vi.is} giây; cần ít nhất ${vi.must} giây để lấy điện thoại ra và quét.`,
          `The QR code shows for ${en.is} s only; people need ${en.must} s to take out a phone and aim.`,
        ],
        [`Đặt thời lượng từ ${vi.must} giây trở lên.`, `Give the item ${en.must} s or more.`],
      );
    case 'codeContrast':
      return said(
        [`Độ tương phản của mã QR là ${vi.is}:1; cần ít nhất ${vi.must}:1.`, `The QR code has a contrast of ${en.is}:1; it needs ${en.must}:1.`],
        ['Dùng ô gần đen trên nền trắng.', 'Use near-black modules on white.'],
      );
    case 'codeDarkOnLight':
      return said(
        ['Mã QR có ô sáng trên nền tối; nhiều điện thoại không đọc được.', 'The QR code is light on dark; many phones do not read that.'],
        ['Đặt ô tối trên nền sáng.', 'Put dark modules on a light ground.'],
      );
    case 'codeStill':
      return said(
        ['Mã QR chuyển động hoặc bị hiệu ứng đi ngang.', 'The QR code moves, or an effect crosses it.'],
        ['Để mã đứng yên suốt lượt phát.', 'Keep the code still for its whole turn.'],
      );
    case 'codeWithoutLogo':
      return said(
        ['Mã QR ngoài đường có biểu trưng ở giữa nên khó đọc từ xa.', 'The QR code of a street screen has a logo in its middle, which costs reading distance.'],
        ['Đặt biểu trưng bên cạnh mã.', 'Put the logo beside the code.'],
      );
    case 'codeOnOneScreen':
      return said(
        [
          'Mã QR nằm vắt qua khe giữa các màn hình ghép nên không quét được.',
          'The QR code would lie across the seam of a wall of screens, where nobody can scan it.',
        ],
        [
          'Phát mục có mã trên màn hình đơn, hoặc trên tường ghép một hàng, rộng ít nhất gấp 2,6 lần cao.',
          'Show items with a code on a single screen, or on a wall of one row that is at least 2.6 times as wide as tall.',
        ],
      );
    case 'codeCardBrightness':
      return said(
        [`Nền mã QR bị giảm còn ${vi.is} độ sáng; cần ít nhất ${vi.must}.`, `The card of the QR code is dimmed to ${en.is}; it needs ${en.must}.`],
        ['Giảm sáng bằng bộ điều khiển bảng LED thay vì giảm trên hình.', 'Let the LED controller dim, not the picture.'],
      );
    case 'capMmPerMTraffic':
    case 'capMmPerMLeisure':
      return said(
        [
          `Chữ “${text}” không đủ chỗ ở cỡ đọc được: chữ hoa chỉ cao ${vi.is} mm, cần ${vi.must} mm.`,
          `The words “${text}” do not fit at a size that reads: capitals are ${en.is} mm tall, they need ${en.must} mm.`,
        ],
        shorterWords,
      );
    case 'wordsFit':
      return said(
        [
          `Chữ “${text}” dài quá chỗ: ở cỡ nhỏ nhất của màn hình này (${vi.must} điểm ảnh) vẫn bị cắt.`,
          `The words “${text}” are too many: even at the least size of this screen (${en.must} pixels) they are cut off.`,
        ],
        shorterWords,
      );
    case 'minLedCapPx':
    case 'minPlainLedCapPx':
      return said(
        [
          `Chữ “${text}” không đủ chỗ ở cỡ mà bảng LED vẽ rõ: chữ hoa chỉ cao ${vi.is} điểm ảnh, cần ${vi.must}.`,
          `The words “${text}” do not fit at a size that an LED draws clearly: capitals are ${en.is} pixels tall, they need ${en.must}.`,
        ],
        shorterWords,
      );
    case 'minLedStrokePx':
      return said(
        [
          `Nét chữ “${text}” mảnh ${vi.is} điểm ảnh; bảng LED cần ít nhất ${vi.must}.`,
          `The strokes of “${text}” are ${en.is} pixels wide; an LED needs ${en.must}.`,
        ],
        ['Dùng chữ to hoặc đậm hơn.', 'Use larger or bolder letters.'],
      );
    case 'wordsLeftOut':
      return said([`Không đủ chỗ nên dòng “${text}” bị bỏ.`, `There is no room, so the line “${text}” is left out.`], shorterWords);
    case 'maxTrafficSyllables':
      return said(
        [
          `Màn hình ngoài đường có ${vi.is} tiếng; người đi xe đọc kịp nhiều nhất ${vi.must} tiếng.`,
          `A street screen shows ${en.is} syllables; riders can take in ${en.must} at most.`,
        ],
        shorterWords,
      );
    case 'maxTrafficLines':
      return said(
        [`Chữ chiếm ${vi.is} dòng; ngoài đường nên gọn trong ${vi.must} dòng.`, `The words take ${en.is} lines; ${en.must} are right on a street.`],
        shorterWords,
      );
    case 'syllablesPerSecondTraffic':
    case 'syllablesPerSecondWaiting':
      return said(
        [
          `Phải đọc ${vi.is} tiếng mỗi giây; người xem đọc kịp nhiều nhất ${vi.must}.`,
          `People would have to read ${en.is} syllables a second; they manage ${en.must}.`,
        ],
        ['Cho hiện lâu hơn, hoặc viết ngắn lại.', 'Show it longer, or write fewer words.'],
      );
    case 'textContrast':
    case 'textLightness':
      return said(
        [
          `Chữ “${text}” chưa đủ tương phản với nền: ${vi.is}, cần ${vi.must}.`,
          `The words “${text}” have too little contrast with their ground: ${en.is}, they need ${en.must}.`,
        ],
        ['Chọn màu chữ sáng hơn hoặc nền tối hơn.', 'Choose lighter words or a darker ground.'],
      );
    case 'trafficDwellSeconds':
      return said(
        [
          `Bên đường mỗi hình phải đứng ít nhất ${vi.must} giây; mục này chỉ ${vi.is} giây.`,
          `Beside a road each picture stands ${en.must} s at least; this item has ${en.is} s.`,
        ],
        [`Đặt thời lượng từ ${vi.must} giây trở lên.`, `Give the item ${en.must} s or more.`],
      );
    case 'trafficTransitionSeconds':
      return said(
        [
          `Hình chuyển trong ${vi.is} giây; bên đường nhiều nhất ${vi.must} giây.`,
          `The change of pictures takes ${en.is} s; ${en.must} s is the most beside a road.`,
        ],
        ['Chuyển hình tức thì.', 'Cut hard.'],
      );
    case 'trafficMotion':
      return said(
        ['Mục có chuyển động nên không phát trên màn hình bên đường.', 'The item moves, so it is left out on a roadside screen.'],
        ['Thay bằng một hình tĩnh.', 'Use a still picture instead.'],
      );
    case 'trafficPages':
      return said(
        [
          'Mục kể qua nhiều trang nên không phát trên màn hình bên đường.',
          'The item tells its message over several pages, so it is left out on a roadside screen.',
        ],
        ['Thay bằng một câu trên một hình tĩnh.', 'Say it in one sentence on one still.'],
      );
    case 'mapShapes':
      return said(
        [
          'Chưa có hình của các đơn vị trong phạm vi thi đua này nên mục bản đồ không phát.',
          'There are no shapes of the units of this contest, so the map is left out.',
        ],
        ['Chọn cách hiện khác, như xếp hạng hoặc tiến độ toàn thành phố.', 'Choose another view, such as the ranking or the city’s progress.'],
      );
    case 'mapRoom':
      return said(
        [
          'Màn hình này không hiện rõ được từng đơn vị trên bản đồ nên mục này không phát; bản đồ dành cho màn hình LCD và ki-ốt trong nhà, nằm ngang hoặc đứng.',
          'This screen cannot show each unit of the map apart, so the item is left out; maps are for LCDs and kiosks indoors, landscape or portrait.',
        ],
        ['Chọn cách hiện khác cho màn hình này.', 'Choose another view for this screen.'],
      );
    case 'outdoorSound':
      return said(
        ['Màn hình quảng cáo ngoài trời không được phát âm thanh.', 'An outdoor screen must not play sound.'],
        ['Tắt âm thanh trong hồ sơ màn hình.', 'Switch sound off in the screen’s profile.'],
      );
    case 'trafficFlashes':
    case 'flashesPerSecond':
      return said(
        [`Hình nháy ${vi.is} lần trong một giây; nhiều nhất ${vi.must} lần.`, `The picture flashes ${en.is} times in one second; ${en.must} is the most.`],
        ['Bỏ đoạn nháy, hoặc làm chậm và dịu lại.', 'Cut the flashing part, or make it slower and softer.'],
      );
    case 'nightCdM2':
      return said(
        [`Ban đêm màn hình sáng ${vi.is} cd/m²; nên ở mức ${vi.must} trở xuống.`, `At night the screen has ${en.is} cd/m²; ${en.must} or less is right.`],
        ['Nối bộ điều khiển bảng LED để giảm sáng theo giờ (docs/hardware.md).', 'Connect the LED controller, so that it dims by the hour (docs/hardware.md).'],
      );
  }
}
