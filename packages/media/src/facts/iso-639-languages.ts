/**
 * Languages as `ISO 639-2 code : BCP-47 tag`, if ISO 639-1 has a two-letter code. If a language has two codes, the
 * terminological one comes first (`deu`, then the bibliographic `ger`): MP4 requires that one.
 */
export const iso639Languages: readonly (readonly [code: string, tag: string])[] = (
  'ara:ar bul:bg cat:ca ces:cs cze:cs cym:cy wel:cy dan:da deu:de ger:de ell:el gre:el eng:en spa:es ' +
  'est:et eus:eu baq:eu fas:fa per:fa fin:fi fra:fr fre:fr gle:ga glg:gl heb:he hin:hi hrv:hr scr:hr ' +
  'hun:hu hye:hy arm:hy ind:id isl:is ice:is ita:it jpn:ja kat:ka geo:ka kaz:kk khm:km kan:kn kor:ko ' +
  'lat:la lit:lt lav:lv mkd:mk mac:mk mal:ml mon:mn mar:mr msa:ms may:ms mya:my bur:my nob:nb nep:ne ' +
  'nld:nl dut:nl nno:nn nor:no pan:pa pol:pl por:pt ron:ro rum:ro rus:ru sin:si slk:sk slo:sk slv:sl ' +
  'sqi:sq alb:sq srp:sr scc:sr swe:sv swa:sw tam:ta tel:te tha:th tgl:tl tur:tr ukr:uk urd:ur uzb:uz ' +
  'vie:vi zho:zh chi:zh afr:af amh:am aze:az bel:be ben:bn bos:bs guj:gu hau:ha ibo:ig jav:jv kur:ku ' +
  'kir:ky lao:lo ltz:lb mlg:mg mlt:mt mri:mi mao:mi oci:oc ori:or pus:ps roh:rm som:so sun:su tat:tt ' +
  'tgk:tg tir:ti tuk:tk uig:ug xho:xh yid:yi yor:yo zul:zu bre:br cor:kw cos:co fao:fo fry:fy gla:gd'
)
  .split(' ')
  .map((pair) => pair.split(':'))
  .map(([code = '', tag = '']) => [code, tag] as const);
