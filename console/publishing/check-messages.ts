// Words of the checks before a publish.
export const checkMessages = {
  'checks.stop': { vi: 'Còn {count} việc phải làm xong trước khi phát hành:', en: '{count} things have to be done before this can be published:' },
  'checks.know': { vi: 'Nên biết trước khi phát hành:', en: 'Worth knowing before it is published:' },
  'checks.campaign': { vi: 'Mở trang Chiến dịch', en: 'Open the campaign page' },
  'claims.title': { vi: 'Câu có số liệu, lời khẳng định', en: 'Sentences with figures or claims' },
  'claims.lead': {
    vi: 'Mỗi câu lên màn hình thật phải ghi văn bản làm căn cứ. Sửa câu thì ghi lại.',
    en: 'On a real screen each rests on a document. Another sentence needs another.',
  },
  'claims.none': { vi: 'Chưa ghi căn cứ', en: 'No basis stated yet' },
  'claims.confirmed': { vi: '{by} ghi căn cứ lúc {moment}:', en: '{by} stated the basis at {moment}:' },
  'claims.state': { vi: 'Ghi căn cứ', en: 'State the basis' },
  'claims.restate': { vi: 'Ghi căn cứ khác', en: 'State another basis' },
  'claims.save': { vi: 'Câu này đúng theo văn bản trên', en: 'This sentence is true by that document' },
} as const;
