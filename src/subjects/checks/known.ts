const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/**
 * Services whose names are borrowed for phishing, especially of journalists and organizations in and around
 * Vietnam: the word people look for, and the registrable domains that are theirs.
 */
export const brands: ReadonlyMap<string, readonly string[]> = new Map(
  "google:google.com,gmail.com,google.com.vn,youtube.com,withgoogle.com,googlemail.com,googlegroups.com,goo.gl,google.dev;gmail:gmail.com,google.com,googlemail.com;youtube:youtube.com,youtu.be,google.com;facebook:facebook.com,fb.com,facebookmail.com,meta.com,fb.me;instagram:instagram.com,facebook.com,facebookmail.com;whatsapp:whatsapp.com,whatsapp.net,wa.me;telegram:telegram.org,t.me,telegram.me;signal:signal.org,signal.me;zalo:zalo.me,zaloapp.com,zalo.vn;tiktok:tiktok.com,tiktokv.com;twitter:twitter.com,x.com,t.co;linkedin:linkedin.com;microsoft:microsoft.com,office.com,outlook.com,live.com,microsoftonline.com,sharepoint.com,windows.com,office365.com,azure.com,microsoft365.com;outlook:outlook.com,microsoft.com,live.com,office.com;office365:office.com,microsoft.com,office365.com;onedrive:live.com,microsoft.com,onedrive.com,1drv.ms;sharepoint:sharepoint.com,microsoft.com;apple:apple.com,icloud.com,me.com;icloud:icloud.com,apple.com;paypal:paypal.com,paypal.me;amazon:amazon.com,amazonaws.com,amazon.co.uk,amazon.de,amazon.fr,amazonses.com;netflix:netflix.com;dropbox:dropbox.com,dropboxmail.com,dropboxusercontent.com;docusign:docusign.com,docusign.net;adobe:adobe.com;yahoo:yahoo.com,yahoo.com.vn,ymail.com,yahooinc.com;protonmail:proton.me,protonmail.com,protonmail.ch,pm.me;proton:proton.me,protonmail.com,pm.me,protonvpn.com;github:github.com,github.io,githubusercontent.com;wetransfer:wetransfer.com;coinbase:coinbase.com;binance:binance.com;metamask:metamask.io;dhl:dhl.com,dhl.de;fedex:fedex.com;ups:ups.com;usps:usps.com;chase:chase.com;wellsfargo:wellsfargo.com;bankofamerica:bankofamerica.com;hsbc:hsbc.com,hsbc.co.uk;americanexpress:americanexpress.com,aexp.com;mastercard:mastercard.com;visa:visa.com;ebay:ebay.com,ebay.co.uk;steam:steampowered.com,steamcommunity.com;vietcombank:vietcombank.com.vn;techcombank:techcombank.com.vn,techcombank.com;bidv:bidv.com.vn;agribank:agribank.com.vn;vietinbank:vietinbank.vn;momo:momo.vn;vnpost:vnpost.vn;viettel:viettel.com.vn,viettel.vn;amnesty:amnesty.org;rsf:rsf.org;bbc:bbc.com,bbc.co.uk;rfa:rfa.org;voanews:voanews.com;reuters:reuters.com,thomsonreuters.com;nytimes:nytimes.com;accessnow:accessnow.org;frontlinedefenders:frontlinedefenders.org;viettan:viettan.org;luatkhoa:luatkhoa.com,luatkhoa.org;thevietnamese:thevietnamese.org;openai:openai.com;zoom:zoom.us,zoom.com;webex:webex.com;cloudflare:cloudflare.com"
    .split(";")
    .map((entry) => {
      const [brand, domains] = entry.split(":") as [string, string];
      return [brand, domains.split(",")] as const;
    }),
);

/** Brands that are also words or names of people; they count only where they stand alone. */
export const ambiguousBrands = set("signal apple chase visa amazon steam outlook zoom momo proton ups office zalo");

/** Where anybody opens an account: an address there shows nothing of an organization. */
export const freeMail = set(
  "gmail.com googlemail.com yahoo.com yahoo.com.vn ymail.com rocketmail.com hotmail.com outlook.com outlook.com.vn live.com msn.com aol.com icloud.com me.com mac.com proton.me protonmail.com pm.me tutanota.com tuta.com tuta.io tutamail.com gmx.com gmx.net gmx.de web.de mail.com mail.ru yandex.ru yandex.com bk.ru list.ru inbox.ru rambler.ru qq.com 163.com 126.com sina.com zoho.com zohomail.com fastmail.com hushmail.com mailfence.com riseup.net disroot.org cock.li onmail.com naver.com daum.net hanmail.net",
);

export const shorteners = set(
  "bit.ly bitly.com t.co tinyurl.com goo.gl ow.ly is.gd v.gd buff.ly rebrand.ly cutt.ly shorturl.at rb.gy t.ly tiny.cc lnkd.in s.id short.io bl.ink clck.ru vk.cc u.to qrco.de soo.gd shorte.st adf.ly tr.im x.co po.st db.tt mcaf.ee dlvr.it trib.al shorturl.asia me2.do han.gl url.kr urlz.fr tinu.be surl.li 1drv.ms g.co wa.link bom.so by.com.vn byvn.net link1s.com megaurl.vn shope.ee s.zalo.me zurl.vn tny.im chilp.it cli.re kutt.it zpr.io l.ead.me linktr.ee page.link app.link onelink.me g.page forms.gle amzn.to fb.me youtu.be redd.it git.io dub.sh",
);
/** Short hosts that lead to one known service only. */
export const knownShort = set("fb.me youtu.be lnkd.in redd.it g.co forms.gle amzn.to g.page 1drv.ms git.io");

/** Where anybody puts up a page or a file under a known name. */
export const openHosts = set(
  "github.io pages.dev workers.dev web.app firebaseapp.com netlify.app vercel.app herokuapp.com glitch.me weebly.com wixsite.com blogspot.com wordpress.com sites.google.com forms.gle docs.google.com drive.google.com r2.dev ngrok.io ngrok-free.app trycloudflare.com azurewebsites.net blob.core.windows.net amazonaws.com ipfs.io dweb.link square.site webflow.io framer.app repl.co replit.app surge.sh 000webhostapp.com duckdns.org no-ip.org ddns.net sharepoint.com notion.site canva.site godaddysites.com mystrikingly.com yolasite.com jimdosite.com altervista.org",
);
