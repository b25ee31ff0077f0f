const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Titles and forms of address, folded; they say nothing about who is meant. */
export const titles = set(
  "mr mrs ms miss mister dr drs prof professor sir dame lord lady hon judge rev reverend fr father sister brother sr jr snr jnr ii iii iv esq phd md mba msc bsc ba ma cpa ing dipl mag herr frau monsieur madame mme mlle senor senora don dona capt captain col colonel gen general lt maj major sgt sheikh shaikh sheik hajji haji imam ayatollah mullah rabbi pan pani sh. ong ba anh chi co chu bac em thay ts ths gs pgs bs ls ks cn nguoi tien-si luat-su bac-si giao-su linh-muc lm muc-su hoa-thuong dai-duc thuong-toa ni-su soeur xo cha president minister senator representative governor mayor ambassador ministr",
);

/** Words that are titles only at the head, with a whole name behind them: they are names, too. */
export const maybeTitles = set("anh ba co chu bac em cha thay ma don pan ong cn ks ts ls chi");

/** Saints' and Western names that Catholics and people abroad put before a Vietnamese name, folded. */
export const baptismal = set(
  "giuse maria phero phaolo gioan gioanbaotixita baotixita teresa terexa anna anton antonio antonin phanxico phanxicoxavie xavie daminh martino vinhson vincente micae anre toma augustino matheu mattheu luca marco mac stephano giacobe philipphe philip gioakim inhaxio monica rosa lucia catarina elizabeth cecilia agata agnes joseph peter paul john teresa andrew thomas michael dominic vincent francis anthony martin kim david kevin tony tommy jimmy johnny jenny linda lisa helen mary henry daniel james robert richard steven steve kenny danny andy jason brian eric alex jack tom",
);

/** Particles of names, folded: written or left out. */
export const particles = set(
  "de da do dos das di del della der den van von vom zu zur la le el al ul ad bin ben bint ibn abu abd y e und of the ter ten af av st san santa saint os as o mac mc ap",
);

/** Middle words that Vietnamese names carry or drop freely. */
export const fillers = set("van thi");

const groups =
  "william bill will billy willy liam;robert bob rob bobby robbie bert;richard rick dick rich ricky;james jim jimmy jamie;john jack johnny jon johnnie;joseph joe joey jose;charles charlie chuck chas;thomas tom tommy;edward ed eddie ted ned teddy;michael mike mick mickey mikey;david dave davy;daniel dan danny;anthony tony;andrew andy drew;christopher chris kit;christina christine chris tina;matthew matt;steven stephen steve;kenneth ken kenny;gregory greg;ronald ron ronnie;donald don donnie;timothy tim;lawrence laurence larry;gerald jerry gerry;jeffrey geoffrey jeff geoff;nicholas nick nicky;benjamin ben benny;samuel sam sammy;samantha sam;alexander alex al sasha sandy aleksandr;alexandra alex sandra sasha;frederick fred freddy freddie;francis frank;franklin frank;henry harry hank hal;peter pete;philip phil;patrick pat paddy;patricia pat patty tricia trish;raymond ray;leonard leo len lenny;nathaniel nathan nate;zachary zach zack;jonathan jon jonny;joshua josh;jacob jake;theodore ted theo teddy;walter walt wally;albert al bert;alfred al alf fred;arthur art artie;eugene gene;ernest ernie;harold harry hal;louis lou lewis;martin marty;maximilian max;vincent vince vinny;victor vic;elizabeth liz beth betty eliza lizzie libby bess betsy;katherine catherine kathryn kate kathy cathy katie kat katya;margaret maggie meg peggy marge margie;mary molly polly;susan sue susie suzanne;deborah debbie deb debra;jennifer jen jenny;jessica jess jessie;rebecca becky becca;barbara barb;dorothy dot dottie;victoria vicky tori;virginia ginny;cynthia cindy;pamela pam;kimberly kim;sandra sandy;stephanie steph;abigail abby;judith judy;teresa theresa terry tess;amanda mandy;angela angie;christine chrissy;jacqueline jackie;eleanor ellie nell nora;helen ellen nell;isabella isabel bella;vladimir vova volodya vlad;dmitry dmitri dima mitya;ivan vanya;nikolai kolya;mikhail misha;sergei sergey seryozha;alexei aleksei alyosha lyosha;yevgeny evgeny zhenya;ekaterina katya katerina;anastasia nastya;maria masha;natalia natasha natalya;tatiana tanya;olga olya;yelena elena lena;svetlana sveta;yuri yura;pavel pasha;konstantin kostya;grigory grisha;boris borya;francisco paco pancho;jose pepe;manuel manolo;ignacio nacho;guadalupe lupe;giuseppe peppe beppe;luigi gigi;hans johannes johann;heinrich heinz;friedrich fritz;wilhelm willi;peter pyotr petr petro piotr;vladimir volodymyr wladimir;nikolai nikolay mykola;dmitry dmytro;sergei serhiy serhii sergiy;alexei oleksiy oleksii;andrei andriy andrii andrey andrew andre;mikhail mykhailo mykhaylo;elena olena;anna hanna;tatiana tetiana;olga olha;igor ihor;oleg oleh;grigory hryhoriy;vasily vasyl;pavel pavlo;kirill kyrylo;ekaterina kateryna;georgy georgi heorhiy george;ilya illia;fyodor fedor;maxim maksym maksim;alexander oleksandr aleksandr aleksander;iosif josef joseph yosef;artem artyom;mohammed muhammad mohamed mohammad muhammed mohd;abdullah abdallah;ahmed ahmad;hussein husain hossein hussain;yusuf youssef yousef;ibrahim ebrahim;ali aly;khaled khalid;omar umar;osman usman othman";

/** Short and pet forms of first names: the groups a folded name is in. */
export const nicknames: ReadonlyMap<string, readonly number[]> = (() => {
  const out = new Map<string, number[]>();
  for (const [group, names] of groups.split(";").entries()) {
    for (const name of names.split(" ")) out.set(name, [...(out.get(name) ?? []), group]);
  }
  return out;
})();

/** Whether two folded first names are forms of one. */
export function sameNickname(a: string, b: string): boolean {
  const groupsOfB = nicknames.get(b);
  return groupsOfB !== undefined && (nicknames.get(a)?.some((group) => groupsOfB.includes(group)) ?? false);
}
