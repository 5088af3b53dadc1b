// The words that pages of figures share: a period, and what is counted of screens and codes.
export const figuresMessages = {
  'figures.from': { vi: 'Từ ngày', en: 'First day' },
  'figures.to': { vi: 'Đến hết ngày', en: 'Last day' },
  'figures.today': { vi: 'Hôm nay', en: 'Today' },
  'figures.week': { vi: '7 ngày', en: '7 days' },
  'figures.month': { vi: '30 ngày', en: '30 days' },
  'figures.by': { vi: 'Xem theo', en: 'By' },
  'figures.air': { vi: 'Thời gian phát', en: 'Time on air' },
  'figures.opens': { vi: 'Lượt mở mã', en: 'Codes opened' },
  'figures.devices': { vi: 'Ước tính thiết bị', en: 'Devices, an estimate' },
  'figures.perHour': { vi: 'Mở mỗi giờ phát', en: 'Opened per hour' },
} as const;
