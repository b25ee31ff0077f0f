/*
 * How often Vietnamese names occur: counts among 8753 names of a public list of 2016 (members of a forum of
 * a technical university in the south: young, three quarters of them men; MIT, Van-Duyet Le), folded. A guide, not
 * a census; nobody's full name is in it.
 */

const counts = (packed: string): ReadonlyMap<string, number> =>
  new Map(packed.split(" ").map((entry) => [entry.replace(/\d+$/, ""), Number(/\d+$/.exec(entry)?.[0])]));

export const sampleSize = 8753;

export const surnames = counts(
  "nguyen2749 tran850 le792 pham561 vo287 huynh261 phan233 bui225 hoang222 vu195 truong180 do176 dang169 " +
    "ho146 ngo132 duong110 doan105 dinh90 trinh88 cao82 dao72 mai72 luong62 luu57 lam56 ha43 thai38 phung37 " +
    "ta33 ly32 la26 van25 to24 vuong24 chau22 chu17 tu17 quach17 ton15 dong15 tong14 hua12 tang12 dau11 " +
    "diep10 dam10 kieu10 lai10 trieu9 lu8 thach8 y7 hong6 chung6 nong6 du6 bach5 ninh5 sam5 trang5 au5 giang5 " +
    "nhan5 ma5 than4 banh4 cap4 noa4 doong4 lo4 danh4 tuong4 vy4 pho4 han3 quang3 nghiem3 lieu3 nhu3 tra3 cu3 " +
    "khuong3 ong3 ung3 hoa3 phu3 mac3 ky3 basi3 anh3 vi3 mong3",
);

export const givenNames = counts(
  "anh215 hung191 huy189 tuan187 thanh176 dung153 duy149 hoang137 nam137 hieu129 cuong127 minh126 dat119 " +
    "son114 tung114 hai111 trung109 tien109 long104 nguyen102 linh100 an99 vu99 tam97 phuc96 phuong95 thang94 " +
    "duc94 thinh88 khanh88 vinh86 khoa85 toan82 nhan79 tri77 quan75 tai74 tan73 bao73 phong69 thien68 quang67 " +
    "tu67 lam66 nghia66 viet65 binh63 hien63 truong62 duong61 thao58 sang56 hoa56 luan56 loc56 phu54 tin54 " +
    "thai53 thong52 phat51 ngoc50 vuong49 thuan48 ha46 thuy44 phuoc44 dang41 van41 manh40 thuong38 giang38 " +
    "trang38 ngan37 nhat37 danh36 hiep36 cong35 dai35 huong35 quy31 quoc31 thi31 hau31 tuyen31 tho30 khang30 " +
    "kien30 chinh28 kha28 tinh28 thu26 dong26 chau25 loi25 phi25 dinh24 hanh24 quyen23 kiet23 khai23 my23 " +
    "khoi22 hao21 hoan21 trong21 truc21 trinh21 nga21 chuong20 yen20 nhut19 huyen19 ly19 trieu19 huan18 " +
    "loan18 hang18 nhi18 chien17 mai17 man17 tuong17 chung17 canh17 khuong16 lan16 vien16 thuc15 hoai15 vi15 " +
    "du15 quynh14 khiem14 bang14 diep14 han14 nhu14 quyet14 chi13 lap13 le13 nha13 xuan13 liem12 luc12 nghi12 " +
    "phung12 tram12 duyen11 dien11 thach11 sinh10 huu10 do9 doan9 luu9 huynh9 vy9 dao9 sy9 hong9 luong9 " +
    "chanh8 duyet8 ky8 kim8 y8 ninh8 triet8 dieu8 nhung8 uyen8 ai8 si7 the7 bien7 hoi7 luat7 nhon7 giap7 uy7 " +
    "oanh7 thoa7 tiep7 qui7 than6 lai6 kieu6 em6 dan6 tran6 can6 khue6 thieu6 nhuan6 lanh6 bac6 tuyet6 tham6 " +
    "hue5 nghiep5 tra5 diem5 xuyen5 su5 khaunh5 bach5 thoai5 ty5 lien5 suong4 hop4 ho4 khuyen4 nguyet4 bich4 " +
    "doanh4 tay4 au4 phap4 thin4 nuong4 ngoan4 ba4 truyen4 san4 bong4 cuc3 duan3 thuat3 dac3 don3 at3 hinh3 " +
    "be3 lang3 ngon3 thuyen3 sau3 chieu3 doong3 giao3 khoai3 song3 tuaan3 men3 chuan3 luyen3 ngo3 toi3 sam3 " +
    "sung3 cau3 hoc3 lich3 lay3 tang3 thiet3 vin3 nho3 giau3 hy3",
);

export const middleNames = counts(
  "van962 thanh637 thi627 minh565 hoang439 ngoc429 quoc277 duc264 quang251 anh226 huu207 dinh198 xuan197 " +
    "duy195 trung180 nguyen153 tuan153 tan141 hong133 cong131 trong126 viet124 the120 le119 tien109 kim98 " +
    "nhat93 dang93 tran90 hai83 vu81 manh81 thien79 hoai77 thai75 truong74 bao73 huy72 huynh69 phuong68 chi62 " +
    "phuoc61 vinh60 khanh59 ba55 thuy54 thu51 cao42 khac42 pham40 phuc37 phu35 nhu34 gia34 tri34 phi31 dai29 " +
    "my26 ha24 phan24 hung23 son22 vo20 nam19 long19 bich19 tu18 duong18 an17 ho17 nhut17 kieu16 si16 binh15 " +
    "quy14 mai14 yen14 diem13 tuyet13 do13 tat12 lam12 tung12 quynh12 doan12 dieu12 ky12 thao12 sy11 cam11 " +
    "vuong10 lan10 that10 hieu10 linh9 khuong9 dac9 luong9 chau9 hoa8 khai8 phat8 dat8 dao8 chanh8 kien8 " +
    "toan8 ngo8 khoa7 trieu7 thach7 truc7 thuan7 trinh6 huyen6 diep6 mau6 chan6 tam6 tieu6 ly6 giang6 khoi6 " +
    "hien6 canh5 dong5 qui5 loc5 can5 han5 ai5 hanh5 hao5 sinh5 tuong5 phung5 vieat5 hoan5 luu5 huong5 trang5 " +
    "tai5 danh5 to5 vi5 vien4 thang4 nguyet4 cat4 du4",
);
