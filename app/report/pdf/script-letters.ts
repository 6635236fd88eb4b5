/**
 * Letters beyond Latin, Greek and Cyrillic, each by the typeface that draws it: code points in hexadecimal that every
 * weight we register has a glyph for. `tests/report/scripts.test.ts` compares them with the fonts themselves.
 */

export const HEBREW = [
  '5b0-5bc 5be-5bf 5c1-5c2 5d0-5ea 5f0-5f4 fb1f-fb20 fb2a-fb36 fb38-fb3c fb3e fb40-fb41 fb43-fb44',
  'fb46-fb4f',
].join(' ')

export const ARABIC = [
  '600-604 606-61b 61e-6a1 6a3-6ff 750-77f 8a0 8a2-8ac 8b3 8e4-8fe fb51 fb53-fb55 fb57-fb59 fb5b-fb5d',
  'fb5f-fb61 fb63-fb65 fb67-fb69 fb6b-fb6d fb6f-fb71 fb73-fb75 fb77-fb79 fb7b-fb7d fb7f-fb81 fb83 fb85',
  'fb87 fb89 fb8b fb8d fb8f-fb91 fb93-fb95 fb97-fb99 fb9b-fb9d fb9f fba1 fba5 fba7-fba9 fbab-fbad fbaf',
  'fbb1-fbc1 fbd4-fbd6 fbd8 fbda fbdc fbdf fbe1 fbe3 fbe5-fbe9 fbfd-fbff fc03-fc04 fc09-fc0a fc0f-fc10',
  'fc13-fc14 fc31-fc32 fc35-fc36 fc3d-fc3e fc42-fc44 fc4f-fc50 fc59-fc5d fc64-fc65 fc67-fc6b fc6d-fc71',
  'fc73-fc77 fc79-fc7b fc83-fc84 fc8a-fc8b fc8d-fc92 fc94-fc96 fccc fcd9 fcf2-fcf4 fcfb-fcfe fd05-fd08',
  'fd0d-fd10 fd17-fd1a fd21-fd24 fd29-fd2c fd3c-fd3f fdf1-fdf2 fdf4 fdfa-fdfd fe70-fe74 fe76-fefc',
].join(' ')

export const THAI = ['e01-e3a e40-e5b'].join(' ')

export const DEVANAGARI = ['900-97f 1cd0-1cf6 1cf8-1cf9 a8e0-a8ff'].join(' ')

export const KOREAN = ['3131-318e ac00-d7a3'].join(' ')

export const JAPANESE = [
  '2e8e 2e90 2e92-2e94 2e99 2e9b 2e9f-2ea0 2ec1 2ec4 2ed1 2ed8 2ee4 2ee8-2ee9 2eeb 2eed 2eef 2ef2',
  '2f00-2f38 2f3a-2f66 2f68-2f70 2f72-2fa0 2fa2-2fd5 3000-3015 301c-301d 301f-3020 3036 3041-3096',
  '309b-309e 30a1-30fe 322a-3243 3251-325b 3291-3294 3296 3298-3299 329d-329e 32a4-32b0 32ff-3300 3303',
  '3305 330d 3314-3316 3318 331e 3322-3323 3326-3327 332a-332b 3331 3333 3336 3339 333b 3342 3347',
  '3349-334a 334d-334e 3351 3357 337b-337f 3385-3389 338e-3390 3396-3398 339c-33a6 33b0-33b3 33c4 33c8',
  '33cb-33cd 33d4 ff01-ff5e ff61-ff9f ffe0-ffe5 ffe8',
].join(' ')

export const CHINESE = [
  '2e80-2e99 2e9b-2ef3 2f00-2fd5 2ff0-2ffb 3000-303f 3041-3096 3099-30ff 3105-312d 3200-321e 3220-32fe',
  '3300-332b 332d-4db5 4e00-9fd0 f900-f903 f905-f906 f90b-f90c f918 f921 f92d f92f f931-f935 f937-f93a',
  'f943 f947-f948 f94a f94e f952-f953 f95e f962-f967 f96e f972 f974 f97a-f97b f97e-f980 f984-f985',
  'f98a-f98c f98e f993 f995 f998 f9ae f9b3 f9b7 f9bb f9bd-f9be f9c0 f9c5-f9c6 f9d0 f9d8-f9d9 f9de-f9e0',
  'f9e2-f9e4 f9e9 f9f4-f9f5 f9fa f9fd fa02 fa05-fa08 fa0a fa0c-fa0d fa49 fa5d-fa5e ff01-ffbe ffc2-ffc7',
  'ffca-ffcf ffd2-ffd7 ffda-ffdc ffe0-ffe6 ffe8-ffee 20087 20089 200cc 20164 20628 20676 20cd0 2139a',
  '21413 215d7 2298f 235cb 23c97-23c98 23e23 241fe 248e9 249db 24a7d 24ac9 25532 25562 255a8 25ad7',
  '25ed7 26221 2648d 26676 2677c 26951 26b5c 26c21 278b2 27fb7 27ff9 28408 28678 28695 287e0 28b49',
  '28c47 28c4f 28c51 28c54 28e0f 28e99 2967f 29810 29f7e 29f83 29f8c 2a7dd 2a8fb 2a917 2aa30 2aa36',
  '2aa58 2afa2 2b127-2b128 2b137-2b138 2b1ed 2b300 2b363 2b36f 2b372 2b37d 2b404 2b410 2b413 2b461',
  '2b4e7 2b4ef 2b4f6 2b4f9 2b50d-2b50e 2b536 2b5ae-2b5af 2b5b3 2b5e7 2b5f4 2b61c-2b61d 2b626-2b628',
  '2b62a 2b62c 2b695-2b696 2b6ad 2b6ed 2b7a9 2b7c5 2b7e6 2b7f9 2b7fc 2b806 2b80a 2b81c 2b8b8 2bac7',
  '2bb5f 2bb62 2bb7c 2bb83 2bc1b 2bd77 2bd87 2bdf7 2be29 2c029-2c02a 2c0a9 2c0ca 2c1d5 2c1d9 2c1f9',
  '2c27c 2c288 2c2a4 2c317 2c35b 2c361 2c364 2c488 2c494 2c497 2c542 2c613 2c618 2c621 2c629',
  '2c62b-2c62d 2c62f 2c642 2c64a-2c64b 2c72c 2c72f 2c79f 2c7c1 2c7fd 2c8d9 2c8de 2c8e1 2c8f3 2c907',
  '2c90a 2c91d 2ca02 2ca0e 2ca7d 2caa9 2cb29 2cb2d-2cb2e 2cb31 2cb38-2cb39 2cb3b 2cb3f 2cb41 2cb4a',
  '2cb4e 2cb5a-2cb5b 2cb64 2cb69 2cb6c 2cb6f 2cb73 2cb76 2cb78 2cb7c 2cbb1 2cbbf-2cbc0 2cbce 2cc56',
  '2cc5f 2ccf5-2ccf6 2ccfd 2ccff 2cd02-2cd03 2cd0a 2cd8b 2cd8d 2cd8f-2cd90 2cd9f-2cda0 2cda8',
  '2cdad-2cdae 2cdd5 2ce18 2ce1a 2ce23 2ce26 2ce2a 2ce7c 2ce88 2ce93',
].join(' ')

export const EMOJI = [
  '231a-231b 2328 23cf 23e9-23f3 23f8-23fa 24c2 25aa-25ab 25b6 25c0 25fb-25fe 2600-2604 260e 2611',
  '2614-2615 2618 261d 2620 2622-2623 2626 262a 262e-262f 2638-263a 2640 2642 2648-2653 265f-2660 2663',
  '2665-2666 2668 267b 267e-267f 2692-2697 2699 269b-269c 26a0-26a1 26a7 26aa-26ab 26b0-26b1 26bd-26be',
  '26c4-26c5 26c8 26ce-26cf 26d1 26d3-26d4 26e9-26ea 26f0-26f5 26f7-26fa 26fd 2702 2705 2708-270d 270f',
  '2712 2714 2716 271d 2721 2728 2733-2734 2744 2747 274e 2753-2755 2757 2763-2764 2795-2797 27a1 27b0',
  '27bf 2934-2935 2b05-2b07 2b1b-2b1c 2b50 2b55 1f004 1f0cf 1f170-1f171 1f17e-1f17f 1f18e 1f191-1f19a',
  '1f1e6-1f1ff 1f201-1f202 1f21a 1f22f 1f232-1f23a 1f250-1f251 1f300-1f321 1f324-1f393 1f396-1f397',
  '1f399-1f39b 1f39e-1f3f0 1f3f3-1f3f5 1f3f7-1f4fd 1f4ff-1f53d 1f549-1f54e 1f550-1f567 1f56f-1f570',
  '1f573-1f57a 1f587 1f58a-1f58d 1f590 1f595-1f596 1f5a4-1f5a5 1f5a8 1f5b1-1f5b2 1f5bc 1f5c2-1f5c4',
  '1f5d1-1f5d3 1f5dc-1f5de 1f5e1 1f5e3 1f5e8 1f5ef 1f5f3 1f5fa-1f64f 1f680-1f6c5 1f6cb-1f6d2',
  '1f6d5-1f6d9 1f6dc-1f6e5 1f6e9 1f6eb-1f6ec 1f6f0 1f6f3-1f6fc 1f7e0-1f7eb 1f7f0 1f90c-1f93a',
  '1f93c-1f945 1f947-1f9ff 1fa70-1fa7c 1fa80-1fac6 1fac8 1facc-1fadd 1fadf-1faeb 1faef-1fafa',
].join(' ')
