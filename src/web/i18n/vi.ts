/* Tiếng Việt. Keys are grouped by the part of the interface that shows them; values are ICU messages. */
import type { Messages } from "./translate.ts";

export const vi: Messages = {
  // ---- shell: what is always there
  "shell.name": "Ghi chú",
  "shell.skip": "Đến nội dung chính",
  "shell.language": "Ngôn ngữ",
  "shell.lock": "Khóa",
  "shell.leave": "Thoát ngay",
  "shell.sections": "Các phần",
  "section.home": "Hôm nay",
  "idle.title": "Bạn còn ở đó không?",
  "idle.text": "Đã 14 phút không có thao tác nào. Một phút nữa ứng dụng sẽ khóa, và những gì chưa lưu sẽ mất.",
  "idle.stay": "Ở lại",
  "work.busy": "Đang làm việc…",
  "work.fetch": "Đang tải từ máy chủ…",
  "work.open": "Đang giải mã trên thiết bị này…",
  "work.verify": "Đang kiểm tra chữ ký…",
  "work.stop": "Dừng",
  "work.again": "Thử lại",

  // ---- identity
  "start.title": "Chào bạn",
  "start.what":
    "Tại đây, các tổ chức tin cậy nhau chia sẻ những gì họ biết về người mà họ có thể hợp tác, và về những tin báo có thể là giả. Mọi thứ được mã hóa trên thiết bị của bạn; người vận hành máy chủ không đọc được gì.",
  "start.limits":
    "Ai cung cấp trang này cũng có thể đưa ra một trang giả. Để an toàn nhất, hãy dùng bản ứng dụng một tệp hoặc dòng lệnh, và so mã băm của nó với mã đã công bố.",
  "start.new": "Tạo danh tính mới",
  "start.bring": "Mang tệp danh tính đến",
  "create.title": "Danh tính mới",
  "create.organization": "Tên tổ chức của bạn",
  "create.member": "Tên của bạn",
  "create.memberHint": "Tên mà đồng nghiệp biết. Bút danh cũng được.",
  "create.next": "Tiếp theo: cụm mật khẩu",
  "create.finish": "Tạo danh tính",
  "phrase.title": "Cụm mật khẩu của bạn",
  "phrase.explain":
    "Bảy từ này mở mọi thứ trên thiết bị này. Chúng vừa được chọn ngẫu nhiên và không được lưu ở đâu cả. Hãy viết ra giấy và cất ở nơi không ai để ý.",
  "phrase.lost":
    "Không ai có thể cho bạn lại những từ này: không phải máy chủ, không phải nhóm của bạn, cũng không phải chúng tôi. Mất chúng là mất những gì trên thiết bị này, và tổ chức của bạn phải kết nạp bạn lại từ đầu.",
  "phrase.check": "Trước khi tiếp tục",
  "phrase.written": "Tôi đã viết bảy từ ra giấy, đúng thứ tự.",
  "unlock.title": "Mở khóa",
  "unlock.phrase": "Cụm mật khẩu",
  "unlock.open": "Mở khóa",
  "bring.title": "Mang tệp danh tính đến",
  "bring.file": "Tệp danh tính",
  "bring.open": "Mở",

  // ---- home and circles
  "home.title": "Hôm nay",
  "home.circles": "Các nhóm của bạn",
  "home.none": "Bạn chưa ở trong nhóm nào. Hãy lập một nhóm, hoặc tham gia bằng lời mời.",
  "home.found": "Lập nhóm",
  "home.join": "Tham gia bằng lời mời",
  "home.refresh": "Xem tin mới ngay",
  "circle.waiting": "đang chờ kết nạp",
  "circle.waitingText": "Bạn đã xin tham gia. Hãy so các từ an toàn với người mời bạn; sau đó họ sẽ kết nạp bạn.",
  "circle.look": "Xem tôi đã được kết nạp chưa",
  "circle.summary": "{organizations, plural, other {# tổ chức}}, {statements, plural, other {# phát biểu}}",
  "circle.trouble": "Hiển thị theo những gì thiết bị này biết lần cuối",
  "circle.stale":
    "Đã lâu hơn kỳ báo có mặt mà không có gì mới. Máy chủ có thể đang giấu điều gì đó. Hãy hỏi những người khác bằng cách khác.",
  "role.coordinator": "điều phối viên",
  "role.contributor": "cộng tác viên",
  "role.reader": "người đọc",
  "role.none": "không còn là thành viên",
  "found.title": "Lập nhóm",
  "found.kind": "Để làm gì",
  "found.network": "Các tổ chức cùng thẩm tra",
  "found.organization": "Chỉ tổ chức của tôi: hồ sơ, bản nháp, quyết định",
  "found.label": "Bạn gọi nhóm là gì",
  "found.labelHint": "Chỉ lưu trên thiết bị này.",
  "found.address": "Địa chỉ máy chủ",
  "found.token": "Mã lập nhóm",
  "found.tokenHint": "Chỉ khi máy chủ yêu cầu.",
  "found.do": "Lập nhóm",
  "join.title": "Tham gia bằng lời mời",
  "join.link": "Liên kết lời mời",
  "join.linkHint": "Liên kết được trao cho riêng bạn, bên ngoài trang này. Hãy dán trọn vẹn.",
  "join.ask": "Xin tham gia",
  "join.words": "Các từ an toàn",
  "join.compare":
    "Hãy gọi hoặc gặp người đã mời bạn. Đọc cho nhau những từ này, đúng thứ tự. Họ cũng thấy đúng như vậy.",
  "join.differ": "Nếu một từ khác đi, có kẻ đứng giữa hai người: hãy dừng lại, và báo cho họ bằng cách khác.",
  "join.done": "Các từ giống nhau",

  // ---- vet: journey 1

  // ---- tip: journey 2

  // ---- coordinate: journey 3

  // ---- safety

  // ---- statements

  // ---- words of the standards

  // ---- errors, by code; then by whose fault, where a code has no sentence of its own
  "error.host.unreachable": "Máy chủ không trả lời. Hãy kiểm tra kết nối; những gì bạn viết vẫn còn đây.",
  "error.vault.locked": "Cụm mật khẩu này không mở được danh tính. Hãy kiểm tra các từ và thứ tự.",
  "fault.UsageError": "Không thể làm như vậy. Hãy kiểm tra những gì bạn nhập rồi thử lại.",
  "fault.PeerFault": "Một thứ mà thành viên gửi không hợp lệ và đã không được dùng. Hãy hỏi họ bằng cách khác.",
  "fault.HostFault":
    "Máy chủ đưa ra điều mà một máy chủ trung thực không thể có. Không có gì trong đó được dùng. Hãy báo cho nhóm bằng cách khác.",
  "fault.Corrupt": "Dữ liệu trên thiết bị này bị hỏng. Hãy mang tệp danh tính đến, mọi thứ khác sẽ được tải lại.",
  "fault.Refused": "Máy chủ từ chối việc này. Không mất gì; hãy thử lại sau.",
  "fault.Stopped": "Việc này đã dừng.",
  "fault.unknown": "Đã xảy ra điều không nên có. Chưa có gì được gửi. Hãy thử lại.",
};
