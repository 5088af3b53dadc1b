// What a printed code says: the app, whose paper it is, three steps, and what nobody will ever ask for.

export interface PaperWords {
  /** Unit whose paper it is; absent when the city itself speaks. */
  readonly unit: string | undefined;
  readonly speaker: string;
  readonly helpline: string | undefined;
  /** The link as people type it. */
  readonly address: string;
  /** On papers of a trial. */
  readonly trial: string | undefined;
}

/** The official name, never broken over lines. */
export const appName = 'Công dân Thủ đô số – iHanoi';
export const lead = 'Ứng dụng để người dân, doanh nghiệp trao đổi trực tuyến với chính quyền thành phố Hà Nội.';
export const callToScan = 'Quét mã để cài đặt';
export const steps = [
  'Quét mã bằng máy ảnh hoặc Zalo, cài đặt ứng dụng iHanoi.',
  'Mở ứng dụng, tạo và kích hoạt tài khoản theo hướng dẫn.',
  'Gửi phản ánh, kiến nghị và theo dõi kết quả trả lời.',
] as const;
export const warning = 'Cán bộ không bao giờ hỏi mã OTP, mật khẩu.';
export const english = 'Scan to install the iHanoi app. No official ever asks for your OTP code or password.';

export const colors = {
  lacquer: '#5c0d14',
  deep: '#3c080d',
  ember: '#8f1620',
  gold: '#ffc845',
  wash: '#fff0c9',
  ivory: '#fff4df',
  paper: '#fffaf1',
  ink: '#241013',
  soft: '#66514f',
  mist: '#e9c9b0',
} as const;
