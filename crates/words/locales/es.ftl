### Las palabras de la ventana (claves ui-…). Palabras sencillas: «consulta», no «encuentro»; qué pasó, qué significa, qué hacer.

## En todas partes

ui-opening = Abriendo su expediente …
ui-keychain-waits = Esperando a su llavero
ui-keychain-waits-lead = Guarda la llave de su expediente. Si está bloqueado, su computadora pide su contraseña, quizá en una ventana detrás de esta. También puede seguir sin él: su expediente pide entonces su frase de contraseña o su código de recuperación, y uno nuevo, una frase de contraseña.
ui-keychain-give-up = Seguir sin él
ui-updating-title = Un momento
ui-updating-lead = Wholechart se actualizó y está leyendo de nuevo su expediente, para mostrárselo lo mejor posible. Ocurre una sola vez después de una actualización. Nada de lo que usted tiene cambia.
ui-working-percent = { $shown } %
ui-skip = Ir al contenido
ui-nav = Principal
ui-nav-summary = Imprimir un resumen
ui-nav-whose = Este expediente
ui-nav-menu = Menú
ui-nav-more = Más
ui-nav-less = Menos
ui-nav-syncing = recibiendo registros
ui-nav-attention =
    { $count ->
        [one] Un proveedor le pide que inicie sesión otra vez
       *[other] { $count } proveedores le piden que inicie sesión otra vez
    }
ui-sample = Ejemplo
ui-sample-record = Expediente de ejemplo
ui-sample-text = Proveedores inventados y una persona inventada. Nada de esto trata de usted.
ui-details = Detalles para quien le ayude
ui-try-again = Intentar otra vez
ui-cancel = Cancelar
ui-close = Cerrar
ui-dismiss = Quitar
ui-optional = opcional
ui-field-required = Rellene este campo.
ui-menu = Lo que puede hacer aquí
ui-menu-open = Abrir
ui-menu-timeline = Mostrar en la línea de tiempo
ui-copy = Copiar
ui-copied = Copiado.
ui-copy-failed = Su sistema no permitió copiar. Seleccione el texto y cópielo a mano.
ui-back-providers = Proveedores
ui-back-add = Agregar un proveedor
ui-back-timeline = Línea de tiempo
ui-error-no-answer = Wholechart no respondió.
ui-error-no-answer-advice = No se pierde nada de lo guardado. Cierre la ventana y ábrala otra vez.
ui-broken-title = Wholechart no se pudo iniciar
ui-title-connecting = Conectando
ui-title-ledger = Lo que dio un proveedor
ui-date-hint = Por ejemplo, { $words } o { $figures }.
ui-date-unreadable = Escriba el día, el mes y el año de la fecha.
ui-date-unreadable-partial = Esto no es una fecha. Escriba un año, un mes o un día.
ui-date-short-year = Escriba el año con cuatro cifras.
ui-date-no-such-day = Este día no existe.
ui-date-no-such-day-month-first = Con el mes primero, este día no existe.
ui-date-no-such-day-day-first = Con el día primero, este día no existe.
ui-date-take = Usar { $date }
ui-date-too-early = La fecha no puede ser anterior al { $date }.
ui-date-too-late = La fecha no puede ser posterior al { $date }.

## Cerrado con llave, y la primera llave

ui-passphrase = Frase de contraseña
ui-passphrase-again = Confirme la frase de contraseña
ui-passphrase-or-code = Frase de contraseña o código de recuperación
ui-passphrase-show = Mostrar
ui-passphrase-hide = Ocultar
ui-passphrase-hint = Cuatro o cinco palabras sin relación entre sí son seguras y fáciles de recordar.
ui-passphrase-weak = Fácil de adivinar. Agregue una o dos palabras.
ui-passphrase-fair = Regular. Una palabra más la hace segura.
ui-passphrase-strong = Segura.
ui-passphrase-mismatch = Las dos no son iguales. Escriba la segunda otra vez.
ui-lock-new = Elija una frase de contraseña para su expediente
ui-lock-new-lead = Su expediente está cifrado en esta computadora. Se le pedirá esta frase cada vez que lo abra. Nadie puede averiguarla por usted.
ui-lock-create = Crear mi expediente
ui-lock-working = Un momento …
ui-lock-unlock = Su expediente está cerrado con llave
ui-lock-unlock-lead = Escriba su frase de contraseña para abrirlo. El código de recuperación también lo abre.
ui-lock-open = Abrir mi expediente
ui-lock-by-itself-lead = No se muestra nada de él, y su llave no está en esta ventana. Pulse para abrirlo otra vez.
ui-lock-protects = Un expediente cerrado no se abre a quien pasa por su computadora encendida.
ui-lock-protects-press = Sin frase de contraseña, basta pulsar una vez: quien puede usar esta computadora como usted puede abrir su expediente. Ponga una frase de contraseña en Configuración si debe pedirse.
ui-lock-protects-passphrase = Pide su frase de contraseña antes de abrirse.
ui-lock-now = Cerrar el expediente con llave
ui-lock-title = Cierre con llave
ui-lock-after = Cerrar el expediente por sí solo
ui-lock-after-hint = Cuando no se han tocado el ratón ni las teclas de esta ventana por ese tiempo.
ui-lock-after-minutes =
    { $count ->
        [one] Después de { $shown } minuto
       *[other] Después de { $shown } minutos
    }
ui-lock-after-never = Nunca
ui-lock-with-computer = Cerrar el expediente cuando esta computadora se suspende o se bloquea su pantalla
ui-lock-at-start = Cerrar el expediente al abrir esta aplicación
ui-lock-key-missing = La llave de su expediente no está donde estaba
ui-lock-key-missing-lead = Su expediente sigue aquí y está seguro. El código de recuperación que usted guardó lo abre.
ui-lock-retry-keychain = Buscar la llave otra vez
ui-lock-missing = Falta el archivo de su expediente
ui-lock-missing-file = Debería estar aquí:
ui-lock-missing-find = Conecte la unidad, espere al servicio en la nube, o vuelva a poner el archivo donde estaba. Luego busque otra vez.
ui-lock-missing-backup = Si tiene una copia de seguridad, recupérela con el botón de abajo.
ui-lock-missing-anew = Si no hay nada que recuperar, puede empezar un expediente nuevo y vacío. Las llaves del que falta se apartan, no se borran.
ui-lock-missing-look = Buscar otra vez
ui-lock-missing-begin = Empezar un expediente nuevo
ui-lock-missing-sure = Sí, empezar un expediente nuevo y vacío
ui-catching-up-later = Más tarde
ui-lock-in-use = Su expediente está abierto en otro lugar
ui-lock-in-use-lead = Está abierto en otra ventana o terminal de Wholechart. Ciérrela e inténtelo otra vez.
ui-lock-damaged = El archivo de su expediente está dañado
ui-lock-damaged-rescue = Rescatar: lo que todavía se puede leer pasa a un archivo nuevo, y usted recibe una lista de lo que no. El archivo dañado se conserva.
ui-lock-damaged-backup = Recuperar una copia de seguridad: el expediente queda como era cuando se hizo la copia. El archivo dañado también se conserva.
ui-lock-damaged-then = Después, consulte otra vez a sus proveedores. Eso llena muchos huecos.
ui-lock-went-back = Su expediente está como antes de la actualización
ui-lock-went-back-open = Abrirlo con esta versión
ui-lock-failed = No se pudo abrir su expediente
ui-lock-failed-lead = El archivo quedó como está. No se borró ni se cambió nada.
ui-recovery-title = Guarde este código de recuperación
ui-recovery-lead = Si olvida su frase de contraseña, o si esta computadora pierde la llave de su expediente, este código es la única otra forma de entrar. Hasta que usted diga que lo guardó, cada inicio muestra un código nuevo y los anteriores dejan de servir.
ui-recovery-lead-keychain = Si esta computadora pierde la llave de su expediente, este código es la única otra forma de entrar. Hasta que usted diga que lo guardó, cada inicio muestra un código nuevo y los anteriores dejan de servir.
ui-recovery-code = Código de recuperación
ui-recovery-check = Para asegurarse de que está bien en su papel, escriba estos tres grupos del código.
ui-recovery-group = Grupo { $place }
ui-recovery-wrong = El grupo { $place } no es lo que dice el código. Mire su papel, o muestre el código otra vez.
ui-recovery-done = Comprobar y seguir
ui-recovery-again = Mostrar el código otra vez
ui-recovery-hint-write = Escríbalo en papel o imprímalo.
ui-recovery-hint-apart = Guárdelo lejos de esta computadora, como una copia de la llave de su casa.
ui-recovery-hint-nobody = Nadie más lo tiene, así que nadie puede volver a enviárselo.
ui-recovery-print-advice = Escriba el código a mano, o cópielo.
ui-recovery-kept = Ya lo guardé

## La primera vez

ui-welcome-title = Todos sus registros de salud en un solo lugar, en su propia computadora
ui-welcome-lead = Wholechart pide a cada uno de sus proveedores los registros que guarda sobre usted y los presenta como un solo expediente.
ui-welcome-name = ¿De quién es este expediente?
ui-welcome-name-hint = Su nombre, o el de la persona a quien usted cuida.
ui-welcome-birth = Fecha de nacimiento
ui-welcome-zone = Zona horaria de su casa
ui-zone-eastern = Hora del Este (Nueva York, Atlanta, Miami)
ui-zone-central = Hora del Centro (Chicago, Dallas, Minneapolis)
ui-zone-mountain = Hora de la Montaña (Denver, Salt Lake City)
ui-zone-arizona = Arizona (Phoenix, sin horario de verano)
ui-zone-pacific = Hora del Pacífico (Los Ángeles, Seattle, Las Vegas)
ui-zone-alaska = Alaska (Anchorage)
ui-zone-hawaii = Hawái (Honolulu)
ui-zone-atlantic = Hora del Atlántico (Puerto Rico, Islas Vírgenes de EE. UU.)
ui-zone-chamorro = Guam e islas Marianas del Norte
ui-zone-samoa = Samoa Americana
ui-zone-region-us = Estados Unidos
ui-zone-region-america = América
ui-zone-region-europe = Europa
ui-zone-region-asia = Asia
ui-zone-region-africa = África
ui-zone-region-australia = Australia
ui-zone-region-pacific = Pacífico
ui-zone-region-atlantic = Atlántico
ui-zone-region-indian = Océano Índico
ui-zone-region-arctic = Ártico
ui-zone-region-antarctica = Antártida
ui-zone-region-other = Otras
ui-zone-count =
    { $count ->
        [one] Una zona horaria encontrada
       *[other] { $count } zonas horarias encontradas
    }
ui-zone-find = Buscar una zona horaria por ciudad
ui-zone-found = Zonas horarias encontradas
ui-zone-none = Ninguna zona horaria se llama así. Busque la ciudad grande más cercana.
ui-welcome-zone-hint = Para que los días y las horas del expediente sean los de su casa.
ui-welcome-start = Continuar
ui-welcome-private = Lo que usted escribe y recibe se queda en esta computadora, cifrado. Wholechart solo se conecta con sus proveedores.
ui-start-title = ¿Dónde están los registros de { $name }?
ui-start-lead = Conecte el primer proveedor: un consultorio, una clínica, un hospital, un portal. Puede agregar todos los que quiera.
ui-start-connect = Conectar un proveedor
ui-start-connect-text = Busque por nombre e inicie sesión en la página del propio proveedor. Tarda uno o dos minutos.
ui-start-sample = Explorar con proveedores de ejemplo
ui-start-sample-text = Proveedores inventados que cuentan cuarenta años de una vida inventada. Usted inicia sesión y recibe registros como lo haría con uno real.

## Proveedores

ui-providers-title = Proveedores
ui-providers-add = Agregar un proveedor
ui-providers-sync = Pedir registros nuevos a todos
ui-same-person = Es la misma persona
ui-not-shown-mine = Aun así es mi historia clínica
ui-set-aside = Registros sobre otra persona
ui-set-aside-text = Llegaron con los suyos y se guardan aparte. Admítalos solo si corresponden a esta historia clínica, como los de un recién nacido en la de la madre.
ui-let-in = Admitir
ui-let-in-long = Admitir los registros de { $whose }
ui-other-person = Es otra persona
ui-other-person-done = Este es el expediente de { $name }. Lo que el proveedor tiene de esa persona ya viene en camino.
ui-news = { $name }: { $news }.
ui-news-link = Ver qué cambió
ui-news-none = No hay registros nuevos de { $name }.
ui-news-none-all = No hay registros nuevos. Ya tiene lo que comparten sus proveedores.
ui-providers-empty = Todavía no hay proveedores. Conecte el primero y sus registros aparecerán en su línea de tiempo.
ui-provider-unknown = Proveedor desconocido
ui-provider-sync = Pedir registros nuevos
ui-provider-sign-in = Iniciar sesión otra vez
ui-provider-records =
    { $count ->
        [one] Un elemento recibido
       *[other] { $shown } elementos recibidos
    }
ui-provider-last = actualizado: { $when }
ui-state-connected = Conectado
ui-state-sign-in = Hay que iniciar sesión
ui-state-syncing = Recibiendo registros
ui-state-files = De archivos
ui-state-disconnected = Desconectado
ui-sync-label = Progreso de { $name }
ui-sync-starting = Preguntando a { $name } qué tiene …
ui-sync-running = Recibiendo: { $kind } …
ui-sync-finishing = Casi listo. Ordenando los registros …
ui-sync-done = Listo. { $verdict }
ui-sync-received = { $shown } recibidos
ui-sync-spoken = { $name }: { $done } de { $all } tipos de registros listos
ui-sync-left-soon = Falta menos de un minuto
ui-sync-left =
    { $minutes ->
        [one] Falta más o menos un minuto
       *[other] Faltan unos { $minutes } minutos
    }
ui-sync-stop = Detener
ui-sync-stopping = Deteniendo. Lo que ya llegó se conserva.
ui-kind-waiting = todavía no se ha pedido
ui-kind-running = se está recibiendo
ui-kind-complete = todo lo que tienen
ui-kind-incomplete = solo una parte
ui-kind-refused = no se compartió
ui-kind-not-offered = no se ofrece
ui-kind-failed = falló
ui-kind-cancelled = se detuvo
ui-ledger-link = Lo que recibimos
ui-ledger-link-long = Lo que recibimos: { $name }
ui-ledger-title = Lo que recibimos de { $name }, y lo que falta
ui-ledger-empty = Todavía no se ha preguntado nada. Pida registros nuevos una vez, y aquí se muestra cada respuesta.
ui-ledger-details = Qué se preguntó y qué se respondió
ui-ledger-of = { $received } de { $total }
ui-ledger-news = La última vez llegó: { $news }
ui-change-new = Nuevo
ui-change-corrected = Corregido
ui-change-withdrawn = Retirado
ui-ledger-whole = Leer todo de nuevo
ui-ledger-whole-text = Casi siempre solo se piden los cambios. Una lectura completa muestra también lo que este proveedor retiró.
ui-ledger-hosts = Wholechart se conecta con { $hosts } para este proveedor, con FHIR { $releases }.
ui-disconnect = Desconectar
ui-disconnect-long = Desconectar { $name }
ui-disconnect-title = ¿Desconectar { $name }?
ui-disconnect-lead = Wholechart olvida el inicio de sesión. Nada cambia en el proveedor, y usted puede volver a conectarlo cuando quiera.
ui-disconnect-keep = Desconectar y conservar los registros
ui-disconnect-keep-text =
    { $count ->
        [one] El elemento recibido se queda en su expediente. Ya no llegan nuevos.
       *[other] Los { $shown } elementos recibidos se quedan en su expediente. Ya no llegan nuevos.
    }
ui-disconnect-forget = Desconectar y quitar los registros
ui-disconnect-forget-text = Lo que este proveedor envió se quita de esta computadora. Para tenerlo otra vez, vuelva a conectar al proveedor y se pide de nuevo.
ui-disconnect-stay = Seguir conectado
ui-disconnected-kept = { $name } está desconectado. Sus registros se conservan.
ui-disconnected-forgotten = { $name } está desconectado y sus registros se quitaron.

## Agregar un proveedor

ui-add-title = Agregar un proveedor
ui-add-search = Nombre de un consultorio, hospital o portal
ui-add-found =
    { $count ->
        [0] No se encontró nada
        [one] Uno encontrado
       *[other] { $count } encontrados
    }
ui-add-none = Nada en la lista coincide con «{ $query }». Elija su portal abajo, o escriba lo que le dio su proveedor.
ui-add-connected = Conectado
ui-add-sample-title = Proveedores de ejemplo
ui-add-sample-lead = Elija uno. La página siguiente muestra el usuario y la contraseña inventados para iniciar sesión. Conecte dos o más para ver cómo se juntan sus registros.
ui-add-portal-title = ¿No está en la lista? ¿Qué portal usa?
ui-add-portal-text = Muchos consultorios comparten un portal. Encontrará su nombre en la página de inicio de sesión o en los correos de su proveedor.
ui-add-manual = Mi proveedor me dio una dirección web para aplicaciones (avanzado)
ui-card-practice = Nombre de su consultorio
ui-card-practice-hint = Como aparece en la página de inicio de sesión del portal.
ui-card-go = Ir a la página de inicio de sesión
ui-card-where = La página de inicio de sesión se abre en su navegador. Escriba su contraseña allí, nunca aquí.
ui-client-id = Identificador de cliente (client ID)
ui-client-secret = Secreto de cliente (client secret)
ui-client-secret-hint = Se guarda dentro de su expediente cifrado y no se muestra a nadie más que a este proveedor.
ui-card-step-register = Primero: registre Wholechart allí
ui-card-step-enter = Después: escriba lo que le dieron
ui-card-site = Abrir la página para registrar la aplicación
ui-card-base = Dirección de los registros del proveedor
ui-card-base-hint = Su proveedor la llama “FHIR base URL” o “API base endpoint”. Si encuentra a su proveedor por su nombre en la lista, se rellena sola.
ui-card-registers = Wholechart se registra con este proveedor cuando usted continúa.
ui-redirect-title = ¿A qué dirección debe volver su navegador?
ui-redirect-lead = Lo que registre debe ser esta dirección, letra por letra.
ui-redirect-copy = Copiar { $address }
ui-redirect-own = La dirección https que usted registró
ui-copy-all = Copiar todas, separadas por comas
ui-letters-title = Textos para enviar a su consultorio
ui-letters-lead = Si la página de inicio de sesión no admite la aplicación, o si usted no puede iniciar sesión, su consultorio puede ayudarle.
ui-letter-subject = Asunto:
ui-letter-copy = Copiar el texto
ui-lists-none = Las listas que puede descargar aquí quizá lo tengan.
ui-lists-title = Encontrar más proveedores
ui-lists-lead = Las empresas que hacen los sistemas médicos publican listas de los proveedores que los usan. Wholechart descarga una cuando usted lo pide, la guarda aquí y busca en ella sin conexión. Quien la publica ve que alguien la descargó, y nada sobre usted.
ui-lists-held =
    { $count ->
        [one] 1 proveedor
       *[other] { $shown } proveedores
    }; lista descargada: { $when }
ui-lists-from = de { $host }
ui-lists-fetch = Descargar
ui-lists-again = Actualizar
ui-lists-fetching = Descargando …
ui-lists-fetch-long = Descargar la lista de { $name }
ui-connect-paste = Pegue la dirección de su navegador
ui-connect-paste-hint = Cuando haya iniciado sesión, el navegador irá a una página que empieza con { $address }. Puede que diga que no la puede abrir; no importa. Copie la dirección completa de la parte de arriba del navegador y péguela aquí.
ui-connect-paste-go = Continuar
ui-connect-choosing = Elija de quién descargar los registros. Las demás personas se pueden conectar después, cada una con su propio expediente.
ui-connect-trust-server = Usar lo que dice el servidor
ui-connect-trust-typed = Dejar lo que escribí
ui-manual-registration-text = Déjelo vacío si no le dieron un identificador de cliente: algunos servidores dejan que Wholechart se registre sola.
ui-manual-title = Direcciones web para aplicaciones
ui-manual-lead = Algunos proveedores dan a los pacientes las direcciones para aplicaciones, a menudo en una página llamada “Patient API”. Cópielas tal como están. Lo que deje vacío se averigua.
ui-manual-name = Nombre del proveedor
ui-manual-bases = Dónde están los registros
ui-manual-r4 = Dirección base de la API (API base endpoint), R4
ui-manual-dstu2 = Dirección base de la API (API base endpoint), DSTU2
ui-manual-missing = Hace falta al menos una de las dos direcciones. Empieza con https:// y a menudo termina en «/r4» o «/dstu2».
ui-manual-sign-in = Dónde inicia sesión
ui-manual-found = se averigua si está vacío
ui-manual-authorize = Dirección de autorización (authorization endpoint)
ui-manual-token = Dirección de tokens (token endpoint)
ui-manual-registration = Cómo reconoce el proveedor a esta aplicación
ui-connect-title = Conectando con { $name }
ui-connect-looking = Averiguando cómo se llega a { $name } …
ui-connect-step-find = Encontrar al proveedor
ui-connect-step-sign-in = Iniciar sesión en su navegador
ui-connect-step-finish = Terminar
ui-connect-waiting = Abrimos la página de acceso de su proveedor en su navegador. Escriba su contraseña allí, nunca aquí.
ui-connect-waiting-at = Esperando a que inicie sesión en { $name }
ui-connect-goes-on = Esta página continúa sola cuando usted termine.
ui-connect-sample = Este proveedor es inventado. Inicie sesión con:
ui-connect-sample-user = Usuario
ui-connect-sample-password = Contraseña
ui-connect-reopen = Abrir la página otra vez
ui-connect-copy = Copiar su dirección
ui-connect-change = Cambiar lo que escribí
ui-connect-client-id = Escribir un identificador de cliente
ui-connect-give-up = Ahora no
ui-connect-done = { $name } está conectado.

## Línea de tiempo

ui-timeline-title = Línea de tiempo
ui-timeline-count =
    { $count ->
        [one] Un registro
       *[other] { $shown } registros
    }
ui-timeline-count-of =
    { $count ->
        [one] { $shown } de un registro
       *[other] { $shown } de { $all } registros
    }
ui-timeline-jump = Ir a
ui-timeline-filter = Filtrar
ui-timeline-kinds = Tipos de registros
ui-timeline-providers = Fuente
ui-timeline-everything = Todo
ui-timeline-clear = Mostrar todo
ui-timeline-none = Ningún registro coincide con estos filtros.
ui-timeline-empty = Todavía no hay nada aquí. Conecte un proveedor y lo que sabe aparece aquí, día por día.
ui-timeline-coming = Los registros vienen en camino. Los primeros aparecen aquí al llegar.
ui-timeline-watch = Ver el progreso
ui-timeline-loading = Cargando …
ui-timeline-end = Llegó al principio.
ui-timeline-text = Buscar en la línea de tiempo
ui-timeline-more = Más filtros
ui-timeline-flagged = Fuera de rango
ui-timeline-status = Estado
ui-timeline-from = Desde
ui-timeline-to = Hasta
ui-timeline-goto = Ir a una fecha
ui-timeline-go = Ir
ui-timeline-date-hint = Un año, un mes o un día: 2024, marzo de 2024 o { $figures }.
ui-timeline-shelf =
    { $count ->
        [one] Un registro no tiene fecha. Véalo al final
       *[other] { $shown } registros no tienen fecha. Véalos al final
    }
ui-timeline-undated-text = El proveedor no dijo cuándo. No se inventó ninguna fecha.
ui-timeline-fold =
    { $count ->
        [one] Uno más, dentro del rango normal
       *[other] { $count } más, dentro del rango normal
    }
ui-timeline-undated = Sin fecha
ui-timeline-undated-short = s/f
ui-timeline-day-unknown = día desconocido
ui-timeline-month-unknown = solo se conoce el año
ui-disagree = los proveedores no coinciden
ui-disagree-title = Sus proveedores no coinciden

## Inicio

ui-home-title = Inicio
ui-home-of = Expediente de salud de { $name }
ui-home-as-of = actualizado: { $when }
ui-home-files-added = archivos añadidos: { $when }
ui-home-all = Ver todo
ui-home-others = También:
ui-home-more = Ver { $shown } más
ui-home-trend =
    { $count ->
        [one] { $test }: un valor
       *[other] { $test }: los { $count } valores a lo largo del tiempo
    }
ui-home-results = Últimos resultados
ui-home-vitals = Signos vitales
ui-home-medicines = Medicamentos actuales
ui-home-problems = Problemas actuales
ui-home-ahead = Lo que viene
ui-home-doubtful = Puede no estar al día
ui-home-doubtful-text = Siguen en la lista como actuales, pero ya pasó la fecha final, o nadie los ha recetado ni revisado en más de un año. Pregunte en su próxima consulta.
ui-home-no-results = Sus proveedores no compartieron ningún resultado.
ui-home-old-results = Ninguno en los últimos dos años. Los anteriores están en la lista.
ui-home-no-vitals = Sus proveedores no compartieron ningún signo vital.
ui-home-no-medicines = Sus proveedores no compartieron ningún medicamento actual. Eso no significa que usted no tome ninguno.
ui-home-no-problems = Sus proveedores no compartieron ningún problema actual.
ui-home-no-allergies = Sus proveedores no compartieron ninguna alergia. Eso no significa que usted no tenga ninguna.
ui-home-empty = Todavía no hay nada. Conecte un proveedor o agregue registros de un archivo, y lo actual aparece aquí.
ui-home-news = Nuevo desde la última vez que usted miró
ui-home-last-visit = Última visita
ui-home-news-others = y { $count } más
ui-home-news-show = Mostrar
ui-home-news-hide = Ocultar
ui-home-news-more = Mostrar más (faltan { $shown })
ui-home-seen = Marcar todo como leído
ui-home-seen-done = Listo. Solo los registros posteriores se marcarán como nuevos.
ui-home-ask = Preguntas para su médico.
ui-home-disagree =
    { $count ->
        [one] Sus proveedores no están de acuerdo en una cosa.
       *[other] Sus proveedores no están de acuerdo en { $count } cosas.
    }
ui-home-backup-failed = La copia de seguridad que tocaba no se pudo hacer.
ui-home-backup-see = Ver las copias
ui-home-look = Ver cuáles son
ui-not-advice = Esto es lo que sus proveedores anotaron. No es un consejo médico; pregúnteles qué significa para usted.

## Listas

ui-medicines-title = Medicamentos
ui-problems-title = Problemas
ui-allergies-title = Alergias
ui-vaccines-title = Vacunas
ui-visits-title = Consultas
ui-procedures-title = Procedimientos
ui-plans-title = Planes de cuidados y metas
ui-team-title = Equipo de atención
ui-family-title = Antecedentes familiares
ui-insurance-title = Seguro y reclamaciones
ui-list-find = Buscar en esta lista
ui-list-told = Fuente
ui-list-more = Mostrar más
ui-list-empty = { $list }: ninguno de sus proveedores compartió nada.
ui-list-empty-first = { $list }: todavía no hay nada. Conecte un proveedor o agregue registros de un archivo.
ui-list-entries = { $count ->
    [one] { $shown } registro
   *[other] { $shown } registros
}
ui-list-empty-text = Eso no quiere decir que no haya. Lo que un proveedor no compartió no se puede mostrar.
ui-list-empty-providers = Ver qué dio cada proveedor

## Resultados

ui-results-title = Resultados
ui-results-which = Qué mostrar
ui-results-lab = Laboratorio
ui-results-find = Buscar una prueba
ui-results-flagged = La última fuera de rango
ui-results-none = Ninguna prueba coincide con estos filtros.
ui-results-test = Prueba
ui-results-latest = Último
ui-results-trend = Evolución
ui-results-count =
    { $count ->
        [one] un valor
       *[other] { $count } valores
    }
ui-results-save = Guardar como tabla (CSV)
ui-trend-title = { $test } a lo largo del tiempo
ui-trend-description =
    { $count ->
        [one] Un valor: { $last }, { $to }. La tabla de abajo lo tiene todo.
       *[other] { $count } valores desde { $from } ({ $first }) hasta { $to } ({ $last }). La tabla de abajo los tiene todos.
    }
ui-trend-nothing = Ninguno de estos valores se puede dibujar. La tabla de abajo los tiene todos.
ui-trend-unit = Mostrar en
ui-trend-band = rango normal de ese día
ui-trend-shapes = ▲ por encima, ▼ por debajo, ◆ señalado
ui-trend-pair = línea continua: la alta; línea discontinua: la baja
ui-trend-age = dibujado por edad
ui-trend-age-months =
    { $count ->
        [one] 1 mes
       *[other] { $count } meses
    }
ui-trend-age-years =
    { $count ->
        [one] 1 año
       *[other] { $count } años
    }
ui-trend-undrawn =
    { $count ->
        [one] un valor no está dibujado; la tabla dice por qué
       *[other] { $count } valores no están dibujados; la tabla dice por qué
    }
ui-trend-date = Fecha
ui-trend-value = Valor
ui-trend-in = En { $unit }
ui-trend-range = Rango normal entonces
ui-trend-more = Mostrar los valores anteriores ({ $shown })
ui-trend-latest = El gráfico muestra los últimos { $shown } de { $count } valores.
ui-trend-all =
    { $count ->
        [one] Verlo a lo largo del tiempo
       *[other] Ver los { $count } valores a lo largo del tiempo
    }

## Para preguntar

ui-ask-title = Preguntas para su médico
ui-ask-waiting =
    { $count ->
        [one] Una pregunta necesita su respuesta
       *[other] { $count } preguntas necesitan su respuesta
    }
ui-ask-lead = Donde sus proveedores no coinciden. No se cambió nada ni se decidió nada por usted: todo se muestra como se envió.
ui-ask-own-hint = Una pregunta por línea. Cada una se imprime en su resumen, con una línea para escribir.
ui-ask-none = Nada que preguntar
ui-ask-none-text = Sus proveedores coinciden siempre que hablan de lo mismo. Si una consulta futura lo cambia, aparecerá aquí.
ui-ask-first = Todavía no hay nada que comparar
ui-ask-first-text = Conecte un segundo proveedor y aquí verá lo que dicen de manera distinta.
ui-ask-loading = Leyendo lo que dicen sus proveedores …
ui-ask-conflicts = Sus proveedores no coinciden
ui-ask-conflicts-lead = Elija lo que quiere hablar en su próxima consulta. Se imprime al principio de su resumen.
ui-ask-choose = Preguntar por esto
ui-ask-chosen = En su resumen impreso
ui-ask-unchoose = Quitar
ui-ask-settle = Descartar
ui-ask-settled =
    { $count ->
        [one] Una descartada
       *[other] { $count } descartadas
    }
ui-ask-back = Volver a ponerlo
ui-ask-open = Ver el registro
ui-ask-says = Lo que dice cada proveedor
ui-ask-chosen-toast = Estará en su resumen impreso.
ui-ask-settled-toast = Se pasó al final de la lista.
ui-likely-title = Probablemente es lo mismo
ui-move = Pasar a otro encabezado
ui-move-done = «{ $title }» aparece ahora bajo «{ $to }». Antes estaba bajo «{ $from }».
ui-move-done-own = «{ $title }» tiene ahora un encabezado propio. Antes estaba bajo «{ $from }».
ui-move-title = ¿De qué trata esto?
ui-move-lead = Elija bajo qué encabezado aparece «{ $title }». No cambia nada de lo que se envió y puede deshacerlo.
ui-move-find = Buscar un encabezado
ui-move-none = Ningún encabezado de esta lista lleva eso en su nombre.
ui-move-own = Un encabezado propio
ui-move-under = Aparece bajo «{ $name }»
ui-same-yes = Sí, es lo mismo
ui-same-no = No, mantener por separado
ui-same-joined = Desde ahora se muestran como uno.
ui-same-apart = Desde ahora se muestran por separado.
ui-undo = Deshacer
ui-undone = Deshecho.
ui-undo-nothing = No hay nada que deshacer.

## Un registro

ui-record = Registro
ui-record-sources =
    { $count ->
        [one] Fuente
       *[other] { $count } fuentes
    }
ui-record-plain-source = Una explicación general, no un consejo médico.
ui-value-none = sin valor
ui-record-related = Relacionado con esto
ui-record-day = En esta visita
ui-record-day-all = Mostrar { $shown } más
ui-record-under = Parte de
ui-record-held-all = Mostrarlos todos
ui-record-why = Por qué se juntaron
ui-record-why-compare = Comparar lo que dicen
ui-record-why-what = Qué
ui-record-why-none = no lo dice
ui-record-split = ¿No es lo mismo? Mostrarlo por separado
ui-record-split-done = { $provider } se muestra por separado desde ahora.
ui-record-join = Unir con otro registro
ui-record-join-title = ¿Qué registro dice lo mismo?
ui-record-join-lead = Elija un registro para mostrarlo junto con «{ $title }». No se cambia nada de lo enviado y puede deshacerlo.
ui-record-join-find = Buscar un registro
ui-record-join-none = No se encontró otro registro de este tipo.
ui-record-join-done = Desde ahora se muestran como uno.
ui-record-before = Se cambió. Antes:
ui-record-narrative = Como lo muestra la página de quien lo envió
ui-record-technical = Códigos y detalles técnicos
ui-record-resource = Recurso
ui-record-release = Versión de FHIR
ui-record-received = Recibido: { $when }
ui-record-timeline = Verlo en la línea de tiempo
ui-history =
    { $count ->
        [one] El proveedor lo cambió una vez
       *[other] El proveedor lo cambió { $count } veces
    }
ui-history-own =
    { $count ->
        [one] Cambiado aquí una vez
       *[other] Cambiado aquí { $count } veces
    }
ui-history-received = Recibido: { $when }
ui-history-saved = Guardado: { $when }
ui-history-first = La primera versión
ui-history-small = Nada que usted pueda notar: solo cambiaron detalles técnicos.
ui-history-now = ahora es
ui-note-title = Su propia nota
ui-note-add = Escribir una nota
ui-note-change = Cambiar la nota
ui-note-hint = Solo usted la ve. Se queda en esta computadora, y la búsqueda la encuentra.
ui-note-save = Guardar la nota
ui-note-saved = La nota está guardada.
ui-note-gone = La nota se quitó.
ui-note-kept = Lo que empezó a escribir sigue aquí. Todavía no está guardado.
ui-note-go-on = Seguir escribiendo
ui-wrong = ¿Hay algo mal aquí?
ui-wrong-text = Solo el proveedor que lo escribió puede corregir un registro. Escriba a su oficina de expedientes médicos, o envíe un mensaje en su portal. Podría escribir esto:
ui-wrong-letter =
    Les pido que corrijan mi expediente de salud.
    Nombre: { $person }
    Fecha de nacimiento: { $born }
    Registro: { $what }, { $day }
    Dice: { $value }
    Qué está mal, y qué sería correcto:
    Su referencia: { $resource }
    Les ruego que me digan por escrito qué deciden.
ui-wrong-no-value = (vea el registro)
ui-wrong-fill-in = (complételo)
ui-wrong-copy = Copiar estas palabras
ui-wrong-write = Escribir una carta
ui-wrong-files = Esto viene de archivos que usted agregó. La carta va a quien lo escribió. Agregue su dirección, que los archivos quizá no dicen.
ui-wrong-then = En los Estados Unidos deben responder en un plazo de 60 días. Cuando lo hayan corregido, pida registros nuevos: la corrección aparece aquí, y lo que dijeron antes queda en el historial de cambios. Hasta entonces puede dejar una nota aquí.
ui-raw-title = Exactamente como se envió
ui-raw-own = Tal como se guardó
ui-raw-older = Una versión anterior, recibida: { $when }
ui-raw-own-older = Una versión anterior, guardada: { $when }
ui-raw-received = Recibido: { $when }
ui-raw-sha = SHA-256 { $sha }

## Búsqueda

ui-search = Buscar
ui-search-key = { $command } K
ui-search-hint = Resultados, medicamentos, notas, personas, lugares
ui-search-start = Escriba el comienzo de una palabra. Se busca en todo este expediente: títulos, valores, notas, documentos, personas y lugares.
ui-search-answers = Encontrado
ui-search-found =
    { $count ->
        [0] No se encontró nada
        [one] Uno encontrado
       *[other] { $count } encontrados
    }
ui-search-none = Nada en este expediente coincide con «{ $text }».
ui-search-none-advice = Pruebe con menos palabras, o solo con el comienzo de una. Lo que un proveedor no compartió no se puede encontrar aquí, y tampoco las palabras de páginas escaneadas, porque son imágenes.
ui-search-more = y { $shown } más
ui-search-times = { $shown } veces en total
ui-search-all = Mostrar todo lo que tiene «{ $text }» en la línea de tiempo
ui-search-keys = ↑ ↓ para elegir, Enter para abrir, Esc para cerrar

## Teclas

ui-keys = Teclas
ui-keys-search = Buscar en todo
ui-keys-filter = Buscar en esta página; en las listas, también con la tecla /
ui-keys-print = Imprimir lo que muestra esta página
ui-keys-settings = Abrir la configuración
ui-keys-places = Ir a las nueve primeras páginas del menú
ui-keys-menu = Mostrar lo que puede hacer con un registro; también con el botón derecho
ui-keys-size = Más grande, más pequeño, tamaño normal
ui-keys-next = Registro siguiente
ui-keys-previous = Registro anterior
ui-keys-open = Abrir el registro
ui-keys-close = Cerrar el registro o el cuadro y volver a donde lo abrió
ui-keys-back = Volver a lo que vio antes
ui-keys-forward = Otra vez hacia adelante
ui-keys-undo = Deshacer lo que se acaba de hacer
ui-keys-help = Mostrar estas teclas

## Comparar listas

ui-compare-title = Comparar listas
ui-compare-lead = Lo que cada proveedor tiene en su lista, junto a lo que tienen los demás. «No está en su lista» no significa que usted no lo tome o no lo tenga.
ui-compare-print = Imprimir o guardar
ui-compare-loading = Leyendo las listas de sus proveedores …
ui-compare-table = { $kind }, una tabla ancha que se desplaza de lado
ui-compare-alone = En cada tabla hay un solo proveedor; todavía no hay nada que comparar. Conecte otro y aquí verá en qué no coinciden.
ui-compare-empty = Todavía no hay nada que comparar
ui-compare-empty-text = Ningún proveedor tiene medicamentos, alergias ni problemas en su lista.

## Resumen

ui-title-letter = Una carta
ui-write-link = Pedir una copia
ui-write-link-long = Pedir una copia de todo su expediente: { $name }
ui-write-correction = Pedir una corrección
ui-write-copy = Pedir una copia de su expediente
ui-write-correction-lead = El proveedor tiene 60 días para responder. Imprima la carta o guárdela, fírmela, y envíela o entréguela. Quédese con una copia.
ui-write-copy-lead = Un portal no da todo lo que tiene un proveedor. Esta carta lo pide todo; tienen 30 días para responder.
ui-write-to = A
ui-write-to-hint = Nombre y dirección del departamento de expedientes médicos. Están en su sitio web o los saben en la recepción.
ui-write-says = Lo que dice ahora el expediente
ui-write-should = Lo que debería decir
ui-write-why = Por qué
ui-write-empty = Déjelo vacío para escribirlo a mano.
ui-write-number = La carta dice su número allí: { $number }.
ui-write-no-number = No se conoce su número allí. Escríbalo en la carta si lo tiene.
ui-write-not-sent = Desde aquí no se envía nada.
ui-print-choices = Qué se imprime
ui-print-choices-lead = Se guarda con { $name }, para cada vez que imprima.
ui-print-reason = Motivo de su visita
ui-print-questions = Lo que quiere preguntar
ui-print-questions-hint = Una pregunta por línea. Cada una se imprime con una línea para escribir.
ui-print-contacts = Cómo comunicarse con usted y a quién llamar
ui-print-contacts-hint = Teléfono, y nombres con teléfonos. Se imprime bajo su nombre.
ui-print-large = Letra grande (18 puntos)
ui-print-language = Idioma de lo impreso
ui-print-language-window = Como en la ventana
ui-print-sections = Secciones del resumen
ui-print-sections-hint = Las alergias, los medicamentos actuales y los problemas actuales siempre están. Lo que deje fuera se nombra en el papel.
ui-print-grows = Imprimir todo lo que elegí, en las páginas que hagan falta
# Beside what two pages have no room for.
ui-print-grow = Imprimir todo, en más páginas
ui-print-since = Resultados, signos vitales, procedimientos y visitas
ui-print-since-all = Todo lo que quepa
ui-print-since-year = Desde { $year }
ui-print-providers = Proveedores
ui-print-section-outOfRange = Resultados fuera de lo normal
ui-print-section-disputed = En qué no coinciden sus proveedores
ui-print-section-vaccines = Vacunas
ui-print-section-results = Últimos resultados
ui-print-section-vitals = Últimos signos vitales
ui-print-section-procedures = Procedimientos
ui-print-section-visits = Visitas recientes
ui-print-section-team = Equipo de atención
ui-print-sensitive-lead = Se imprimiría junto a sus alergias, medicamentos y problemas, que siempre están. Se pregunta una vez. Puede cambiarlo en «Qué se imprime». Podrá imprimir, guardar o copiar cuando haya respondido.
ui-print-tellers = Mostrar la fuente de cada línea (letras A, B …)
ui-print-problem = De qué trata la visita
ui-print-problem-all = Todos los problemas
ui-print-section-changed = Lo que cambió desde la última visita
ui-print-sensitive-kinds = Información delicada
ui-print-sensitive-kinds-hint = Las alergias, los medicamentos actuales y los problemas actuales siempre se imprimen.
ui-print-sensitive-names = { $kind }: { $names }
ui-print-sensitive-yes-kind = Imprimirlo: { $kind }
ui-print-sensitive-no-kind = Dejarlo fuera: { $kind }
ui-print-tests = Análisis que se imprimen
ui-print-tests-hint = Si no marca ninguno, se imprimen los que tienen más de un valor o están fuera de rango.
ui-print-tests-loading = Buscando sus análisis …
ui-print-whole = Imprime todo lo que compartieron los proveedores, con contenido e índice. Es largo, por eso se hace como archivo y no se muestra aquí.
ui-print-whole-cancel = Cancelar
ui-print-copy = Copiar como texto
ui-print-copied = Copiado. Péguelo donde lo necesite.
ui-print-copy-failed = No se pudo copiar el texto.
ui-print-copy-failed-advice = Guarde el resumen como PDF y copie de ese archivo.
ui-print-open = Abrir el archivo
ui-print-sensitive-yes = Imprimirlo
ui-print-sensitive-no = Dejarlo fuera
ui-summary-paper = Papel
ui-summary-sheet = Hoja
ui-sheet-summary = Resumen para una consulta
ui-sheet-compare = Comparar listas
ui-sheet-medicines = Lista de medicamentos
ui-sheet-vaccines = Registro de vacunas
ui-sheet-emergency = Tarjeta de emergencia
ui-sheet-care = Historial de atención para formularios
ui-sheet-results = Resultados a lo largo del tiempo
ui-sheet-whole = Expediente completo
ui-summary-letter = Carta (8.5 × 11 pulgadas)
ui-summary-a4 = A4 (210 × 297 mm)
ui-summary-save = Guardar como PDF
ui-summary-print = Imprimir
ui-summary-print-failed = El cuadro de impresión del sistema no se abrió.
ui-summary-print-failed-advice = Guarde el resumen como PDF e imprima ese archivo.
ui-summary-saved = Guardado en { $path }
ui-summary-loading = Preparando las páginas …
ui-summary-pages =
    { $count ->
        [one] Vista previa de lo que se imprime: una página.
       *[other] Vista previa de lo que se imprime: { $count } páginas.
    }
ui-summary-page = Página { $number } de { $count }

## Personas

ui-people-title = Personas
ui-people-lead = Cada persona tiene un expediente propio, con sus propios proveedores. Nada de una aparece en el de otra.
ui-people-add = Agregar una persona
ui-people-add-save = Agregar a esta persona
ui-people-added = Se agregó a { $name }. Elija «Cambiar a este expediente» para ir allí.
ui-people-added-shown = Se agregó a { $name }. Ahora ve su expediente.
ui-people-change = Cambiar datos
ui-people-change-long = Cambiar los datos de { $name }
ui-people-changed = Se guardaron los cambios en los datos de { $name }.
ui-people-save = Guardar
ui-people-show = Cambiar a este expediente
ui-people-shown = Abierto ahora
ui-people-born = nacimiento: { $date }
ui-people-born-sent = nacimiento: { $date }, según sus registros
ui-people-born-unknown = sin fecha de nacimiento
ui-people-colour = Color
ui-people-colour-number = Color { $number }
ui-people-manage = Agregar personas o cambiar sus datos

## Configuración

ui-settings-title = Configuración
ui-settings-find = Buscar en la configuración
ui-settings-found =
    { $count ->
        [0] Ninguna sección de la configuración contiene eso.
        [one] Una sección
       *[other] { $count } secciones
    }
ui-settings-look = Cómo se ve
ui-settings-theme = Claro u oscuro
ui-settings-theme-system = Igual que esta computadora
ui-settings-theme-light = Claro
ui-settings-theme-dark = Oscuro
ui-settings-size = Tamaño de todo
ui-settings-size-percent = { $size } %
ui-settings-size-hint = { $command } y + o − hace lo mismo en cualquier lugar; { $command } y 0 vuelve al tamaño normal.
ui-settings-contrast = Alto contraste
ui-settings-contrast-hint = Negro sobre blanco o blanco sobre negro, con líneas marcadas.
ui-settings-language = Idioma
ui-settings-language-legend = Las palabras de esta aplicación
ui-settings-language-system = Igual que esta computadora ({ $language })
ui-settings-language-hint = Lo que anotaron sus proveedores queda como ellos lo escribieron.
ui-settings-dates = Fechas y horas
ui-settings-date-order = Cómo se escriben las fechas
ui-settings-date-order-hint = En pantalla, en papel y cuando escribe una fecha con cifras.
ui-settings-date-example = { $words } o { $figures }
ui-settings-clock = Cómo se escriben las horas
ui-settings-as-system = Como esta computadora ({ $example })
ui-settings-home = Dónde vive { $name }
ui-settings-home-hint = Los días del expediente son los de ese lugar. Si lo cambia, la fecha de un registro puede moverse un día.
ui-keys-title = Lo que abre su expediente
ui-keys-by-keychain = El llavero de esta computadora, por sí solo.
ui-keys-by-passphrase = Su frase de contraseña.
ui-keys-by-code = El código de recuperación que guarda en papel.
ui-keys-new-code = Código de recuperación nuevo
ui-keys-new-code-lead = Si perdió el código, o alguien lo vio, haga uno nuevo. El anterior ya no abre nada.
ui-keys-set-passphrase = Poner una frase de contraseña
ui-keys-change-passphrase = Cambiar la frase de contraseña
ui-keys-passphrase-lead = Abre su expediente cuando el llavero no puede. Su frase anterior ya no funcionará. Las copias de seguridad conservan la frase con la que se hicieron.
ui-keys-new-passphrase = Frase de contraseña nueva
ui-keys-passphrase-done = La frase de contraseña nueva abre su expediente desde ahora.
ui-keys-change-key = Cambiar la llave
ui-keys-change-key-lead = Si es posible que alguien haya copiado la llave de su expediente, todo se cifra otra vez con una nueva. Recibe un código de recuperación nuevo; el anterior ya no abre nada. Tarda un momento.
ui-keys-now = Frase de contraseña de su expediente
ui-keys-now-or-code = Frase de contraseña de su expediente, o código de recuperación
ui-erase-open = Borrar para siempre
ui-erase-title = ¿Borrar para siempre?
ui-erase-no-undo = No se puede deshacer. Nadie puede recuperarlo, ni siquiera Wholechart.
ui-erase-backups = Estas copias se hicieron aquí. Es posible que todavía lo contengan. Para que desaparezca en todas partes, bórrelas también:
ui-erase-aside = Estos archivos quedaron de otro expediente que falta y no se tocan. Bórrelos usted si está seguro de que nadie los necesita:
ui-erase-sure = Estoy seguro
ui-erase-stay = Conservar todo
ui-erase-now = Borrar ahora
ui-erase-working = Borrando y escribiendo encima …
ui-erased = Está borrado.
ui-erase-settings = Borrar
ui-erase-settings-lead = A una persona se la borra en Personas; a un proveedor o una importación, en Proveedores; a un documento, en su página. Aquí se puede borrar de esta computadora el expediente entero. Lo que los proveedores guardan de usted se queda con ellos.
ui-erase-everything = Borrar todo lo que hay aquí
ui-import-erase-lead = Deshacer conserva sus notas sobre estos registros, por si vuelve a tomar los mismos archivos. Borrar no conserva nada.
ui-people-erase-long = Borrar para siempre: { $name }
ui-erase-document = Borrar este documento
ui-health-title = El archivo de su expediente
ui-health-lead = Su expediente es un archivo cifrado en esta computadora. En cada inicio una mirada corta ve si está dañado. Aquí puede revisarlo entero.
ui-health-check = Revisar el archivo entero
ui-health-checking = Revisando …
ui-health-rescue = Rescatar lo que se puede leer
ui-health-rescue-lead = Lo que se puede leer pasa a un archivo nuevo, y usted recibe una lista de lo que no. El archivo dañado se conserva. Mientras tanto el expediente está cerrado.
ui-health-rescuing = Leyendo lo que se puede leer …
ui-health-rescued = Su expediente se rescató de un archivo dañado: { $when }.
ui-health-lost = Esto no se pudo leer:
ui-health-lost-nothing = Se pudo leer todo.
ui-health-fill = Para llenar los huecos, consulte a sus proveedores y tome sus archivos otra vez. Lo que usted escribió quizás está en su última copia de seguridad.
ui-health-aside = El archivo dañado se conserva aquí:
ui-health-seen = Ya lo leí
ui-health-see = Abrir Configuración
ui-health-cloud-folder = Es esta carpeta:
ui-upgrade-kept = Antes de la última actualización ({ $made }) se hizo una copia de su expediente. Se conserva hasta: { $until }.
ui-upgrade-back-lead = Si algo anda mal desde la actualización, puede volver a ella y usar la versión anterior de Wholechart. Lo que llegó desde entonces no está ahí: haga antes una copia de seguridad.
ui-upgrade-back = Volver a la copia
ui-upgrade-back-sure = Sí, volver y cerrar mi expediente
ui-backup-title = Copia de seguridad
ui-backup-last = Última copia de seguridad: { $when }.
ui-backup-never = Todavía no se ha hecho ninguna copia de seguridad. Si esta computadora se pierde o se daña, su expediente se pierde con ella.
ui-backup-make = Hacer una copia de seguridad
ui-backup-lead = Una copia de seguridad es un solo archivo cifrado con todo su expediente, menos sus accesos a los proveedores. Guárdela en otro lugar que no sea esta computadora: en una memoria USB o en otro disco.
ui-backup-passphrase = Frase de contraseña de la copia
ui-backup-keep = Sin esta frase de contraseña nadie puede abrir la copia, ni siquiera usted. Anótela y guárdela separada de la copia.
ui-backup-now = Elegir un lugar y hacer la copia
ui-backup-working = Haciendo la copia y leyéndola otra vez …
ui-backup-done = La copia está en { $file } y se leyó completa.
ui-take-out-title = Sacar todo
ui-take-out-lead = Una carpeta con todo lo que se guarda de { $name }: lo que envió cada proveedor, tal como lo envió, los documentos, sus notas, y una página que dice qué hay. Se puede leer sin Wholechart: para guardarla, o para llevarla a otro programa. Para recuperar su expediente después de una pérdida, haga una copia de seguridad.
ui-take-out-begin = Sacar todo …
ui-take-out-choose = Elegir una carpeta
ui-take-out-other = Elegir otra carpeta
ui-take-out-missing = Elija la carpeta a la que va.
ui-take-out-encrypt = Cifrarlo
ui-take-out-encrypt-hint = Entonces es un solo archivo que solo abre su frase de contraseña, con el programa gratuito «age».
ui-take-out-open = Sin cifrado, quien pueda abrir la carpeta puede leer todo lo que contiene.
ui-take-out-passphrase = Frase de contraseña del archivo
ui-take-out-keep = Sin esta frase de contraseña nadie puede abrir el archivo, ni siquiera usted.
ui-take-out-now = Sacar todo
ui-take-out-working = Sacando todo …
ui-take-out-done = Todo está aquí:
ui-take-out-look = Abrir la página que lo describe
ui-schedule-title = Copias de seguridad automáticas
ui-schedule-off = Desactivadas. Wholechart puede hacer copias de seguridad por su cuenta mientras está abierto.
ui-schedule-lead = Wholechart hace una copia de seguridad por su cuenta mientras está abierto, en una carpeta que usted elige. Lo mejor es una memoria USB u otro disco. También es segura una carpeta que se copia a una nube: nadie puede abrir una copia sin su frase de contraseña.
ui-schedule-begin = Hacer copias automáticas
ui-schedule-choose = Elegir una carpeta
ui-schedule-other = Elegir otra carpeta
ui-schedule-missing = Elija la carpeta donde se guardan las copias.
ui-schedule-often = Cada cuánto
ui-schedule-daily = Cada día
ui-schedule-weekly = Cada semana
ui-schedule-monthly = Cada mes
ui-schedule-keep = Cuántas se guardan
ui-schedule-keep-hint = Se guardan las más nuevas y la primera de cada uno de los últimos doce meses. Las más viejas que Wholechart hizo por su cuenta se borran.
ui-schedule-passphrase = Frase de contraseña de estas copias
ui-schedule-passphrase-kept = Wholechart guarda esta frase de contraseña dentro de su expediente cifrado, para no tener que preguntar. Sin ella nadie puede abrir una copia, ni siquiera usted. Anótela y guárdela separada de las copias.
ui-schedule-start = Activar
ui-schedule-save = Guardar
ui-schedule-change = Cambiar
ui-schedule-stop = Desactivar
ui-schedule-next = La próxima: { $day }.
ui-schedule-due = La próxima toca ahora.
ui-schedule-failed = La copia que tocaba no se pudo hacer. Se intenta otra vez cada hora.
ui-schedule-saved = Desde ahora se hacen copias de seguridad automáticas.
ui-schedule-stopped = Ya no se hacen copias automáticas. Las que se hicieron se quedan donde están.
ui-restore-open = Recuperar de una copia de seguridad
ui-restore-title = Recuperar de una copia de seguridad
ui-restore-lead = Elija el archivo que Wholechart hizo como copia de seguridad. Su nombre suele terminar en «.age». No se cambia nada antes de que usted haya visto lo que contiene.
ui-restore-choose = Elegir un archivo
ui-restore-look = Ver qué hay en la copia
ui-restore-looking = Leyendo toda la copia …
ui-restore-made = La copia la hizo Wholechart { $version }: { $when }. Está completa.
ui-restore-in-backup = En la copia
ui-restore-here = Ahora en esta computadora
ui-restore-nobody = No hay registros de nadie.
ui-restore-born = nacimiento: { $day }
ui-restore-newest = Registro más reciente: { $day }
ui-restore-replaces = Todo lo que hay ahora en Wholechart se reemplazará por lo que hay en la copia. Puede deshacerlo hasta que Wholechart se abra de nuevo.
ui-restore-signed-out = Después tendrá que entrar otra vez con sus proveedores. También recibirá un código de recuperación nuevo. En una computadora sin llavero, la frase de contraseña de la copia abre su expediente.
ui-restore-now = Recuperar esta copia
ui-restore-working = Recuperando …
ui-restore-done = Su expediente se recuperó de la copia de seguridad.
ui-restore-undo-lead = Su expediente se recuperó de una copia de seguridad. Hasta que Wholechart se abra de nuevo, puede volver a poner lo que había antes.
ui-restore-undo = Volver a poner lo que había antes
ui-restore-undone = Lo que había antes está de vuelta.

ui-assistant-title = Su propio asistente
ui-assistant-lead = Un programa asistente de esta computadora puede preguntar a Wholechart por su expediente. Solo puede leer. No se le dice nada hasta que usted lo active.
ui-assistant-on = Responder a un asistente
ui-assistant-whom = Elija el expediente de quién puede leer. Nadie más está ahí para él: ni el nombre ni el número.
ui-assistant-share = Contarle de { $name }
ui-assistant-sensitive = Lo que tal vez no quiera que sepa de { $name }
ui-assistant-sensitive-hint = No se comparte nada de esto, en ningún registro ni carta, a menos que usted lo marque. Si una carta lo menciona, no se comparte la carta entera.
ui-assistant-kinds = Tipos de registros: { $shown } de { $total }
ui-assistant-kinds-of = Tipos de registros de { $name }
ui-assistant-after = Lo que se le dijo queda anotado en Registro de conexiones. Cómo configurarlo está en la guía.
ui-updates-title = Versiones más nuevas
ui-updates-none = Esta copia de Wholechart no busca versiones más nuevas. Las encuentra aquí:
ui-updates-lead = Wholechart puede preguntar a { $host } una vez por semana si hay una versión más nueva. No envía nada sobre usted ni sobre su expediente. No se descarga ni se instala nada hasta que usted lo diga.
ui-updates-version = Usted tiene la versión { $version }.
ui-updates-on = Buscar versiones más nuevas
ui-updates-now = Buscar ahora
ui-updates-looking = Buscando …
ui-updates-looked = Última búsqueda: { $when }
ui-updates-found = Versión { $version } del { $day }
ui-updates-changes = Qué cambió
ui-updates-package = Para esta computadora: { $package }
ui-updates-no-package = No hay paquete para esta computadora. Mire donde se publican las versiones: { $releases }
ui-updates-download = Descargar
ui-updates-downloading = Descargando …
ui-updates-saved = Se comprobó su firma. Está aquí: { $path }
ui-updates-open = Abrir el paquete
ui-updates-copy = Cuando la versión nueva abre su expediente, guarda una copia de cómo estaba. En “El archivo de su expediente” puede volver a ella.
ui-fetch-title = Pedir registros nuevos
ui-fetch-start = Preguntar automáticamente a sus proveedores
ui-fetch-start-hint = Cuando Wholechart está abierta y ya pasó ese tiempo desde la última vez que preguntó. Con «Nunca», solo se les pregunta cuando usted lo pide, en Proveedores.
ui-fetch-never = Nunca
ui-fetch-after =
    { $count ->
        [1] Después de un día
        [7] Después de una semana
        [30] Después de un mes
       *[other] Después de { $shown } días
    }
ui-fetch-whole = Leer todo otra vez desde el principio
ui-fetch-whole-hint = Entre una vez y otra solo se pide lo nuevo o lo que cambió. Es más rápido. Una lectura completa muestra también lo que un proveedor quitó de su expediente. Tarda más. Se hace la próxima vez que se pregunte a sus proveedores.
ui-fetch-every =
    { $count ->
        [1] Cada día
        [7] Cada semana
        [14] Cada 2 semanas
        [30] Cada mes
        [90] Cada 3 meses
       *[other] Cada { $shown } días
    }
ui-settings-developers = Para desarrolladores
ui-settings-test-providers = Mostrar servidores de prueba entre los proveedores
ui-settings-test-providers-hint = Tienen pacientes inventados y ninguno de sus registros.
ui-settings-more = Más
ui-settings-people = De quién son los expedientes que se guardan aquí
ui-settings-contacts = Cada computadora con la que se comunicó, y qué se envió allí
ui-settings-about = Versión, y con el trabajo de quién está hecha
ui-contacts-title = Registro de conexiones
ui-contacts-lead = Anotado cuando ocurrió, para esta persona. Wholechart se comunica con estas computadoras y con ninguna otra: sin estadísticas, sin actualizaciones, sin copias.
ui-contacts-none = No se ha enviado nada a ningún lugar.
ui-contacts-count =
    { $count ->
        [one] una vez
       *[other] { $shown } veces
    }
ui-contacts-last = última vez: { $when }
ui-sent-title = Cada solicitud
ui-sent-lead = Cada una como se envió: a quién, por qué y qué respondió. Aquí no se escribe lo que se preguntó ni su inicio de sesión.
ui-sent-none = Todavía no se ha anotado nada.
ui-sent-newest = Las solicitudes más recientes, una por una
ui-sent-when = Cuándo
ui-sent-where = A dónde
ui-sent-why = Por qué
ui-sent-answer = Qué respondió
ui-handed-title = Qué se compartió
ui-handed-lead = Archivos que guardó, páginas que imprimió y lo que se dijo a un programa de esta computadora porque usted lo activó. Ese programa puede haberlo enviado a quien lo hace.
ui-handed-newest = Lo más reciente, uno por uno
ui-handed-whom = Cómo o a quién
ui-handed-what = Qué
ui-handed-records = Cuánto
ui-contacts-questions = Exactamente qué se preguntó
ui-registrations-title = Cómo reconocen los proveedores a esta aplicación
ui-registrations-lead = Algunos proveedores reconocen a las aplicaciones por un identificador de cliente. Dice qué aplicación pregunta, no quién es usted.
ui-registrations-secret = Con él se guarda un secreto de cliente, dentro de su expediente cifrado.
ui-registrations-none = No se guarda ningún identificador de cliente.

## Acerca de

ui-about-title = Información y licencias
ui-about-version = Versión { $version }
ui-about-what = Un solo expediente de todos sus proveedores, en su propia computadora. Lo que ve es lo que sus proveedores enviaron; nada de ello sale de esta computadora.
ui-about-advice = Wholechart no da consejos médicos. Pregunte a quienes le atienden antes de cambiar algo.
ui-about-licence = Software libre bajo la Apache License 2.0.
ui-about-codes = Códigos y unidades
ui-about-codes-loinc = Este material contiene contenido de LOINC (http://loinc.org). LOINC es copyright © 1995–2026, Regenstrief Institute, Inc. y el Logical Observation Identifiers Names and Codes (LOINC) Committee, y está disponible sin costo bajo la licencia en http://loinc.org/license. LOINC® es una marca registrada en los Estados Unidos de Regenstrief Institute, Inc.
ui-about-codes-ucum = Las unidades siguen UCUM, copyright © 1999–2026, Regenstrief Institute, Inc. Todos los derechos reservados. http://unitsofmeasure.org
ui-about-codes-public = ICD-10-CM y CVX los publica el gobierno de los Estados Unidos. Los códigos de SNOMED CT, CPT y RxNorm se muestran como los enviaron sus proveedores; ninguna de sus tablas es parte de esta aplicación.
ui-diagnostics-title = Si algo falla
ui-diagnostics-lead = Cuando usted avisa de un problema, esto ayuda a quien lo busca: la versión, el sistema, cuánto hay en su expediente y dónde falló la aplicación. No contiene ningún nombre, ningún proveedor ni nada de su expediente. Léalo antes de enviarlo.
ui-diagnostics-show = Ver lo que se copiaría
ui-diagnostics-copy = Copiar este texto
ui-diagnostics-copied = Copiado.
ui-diagnostics-not-copied = El sistema no dejó copiarlo. Seleccione el texto y cópielo a mano.
ui-about-built-from = Hecho con el trabajo de otras personas
ui-about-built-from-lead =
    { $count ->
        [one] Dentro hay una pieza de software libre. Gracias.
       *[other] Dentro hay { $shown } piezas de software libre. Gracias.
    }
ui-about-other-licences = Otras licencias
ui-about-pieces =
    { $count ->
        [one] una pieza
       *[other] { $shown } piezas
    }
ui-about-find = Buscar un nombre o una licencia
ui-about-none = Nada aquí tiene «{ $text }» en su nombre o licencia.

## Documentos

ui-files-title =
    { $count ->
        [one] El archivo
       *[other] Los archivos
    }
ui-documents-title = Documentos
ui-document-title = Documento
ui-document-back = Atrás
ui-document-find = Buscar en este documento
ui-document-next = Siguiente
ui-document-found = { $at } de { $count }
ui-document-not-found = No está aquí
ui-document-pictures = Estas páginas son imágenes; no se puede buscar texto en ellas.
ui-document-save = Guardar
ui-document-opening = Abriendo el documento …
ui-document-broken = Este archivo está dañado o es de un tipo que no se puede mostrar aquí. Guárdelo y pruebe con otro programa, o pídalo al proveedor.
ui-document-page-broken = Esta página no se puede mostrar aquí. Guarde el documento y pruebe con otro programa, o pídalo al proveedor.
ui-document-print-advice = Guarde el documento e imprima ese archivo.
ui-document-print-many = Los documentos de más de { $count } páginas se imprimen con otro programa: guarde el documento y ábralo allí.
ui-read-find = Buscar resultados en este documento
ui-read-title = Resultados en este documento
ui-read-looking = Buscando resultados …
ui-read-lead = Compare cada fila con la página y marque las que están bien. No se guarda nada antes de que usted lo haga. Las líneas que no estaban claras no aparecen.
ui-read-none = No se encontraron resultados en este documento.
ui-read-none-advice = Solo se leen tablas con prueba, valor y unidad o rango habitual, y no se adivina nada. Si ve resultados en la página, agréguelos usted: abra Resultados y pulse Agregar un resultado.
ui-read-wordless = Sus páginas son imágenes, y las imágenes no se leen. Pida el PDF mismo al laboratorio o a su portal, o agregue los resultados usted: abra Resultados y pulse Agregar un resultado.
ui-read-results = Abrir Resultados
ui-read-cut = Este documento es muy largo; solo se miró su primera parte.
ui-read-words = En la página:
ui-read-look = Mostrar en la página { $page }
ui-read-range = rango habitual { $range }
ui-read-no-day = sin fecha
ui-read-day = Cuándo se tomó la muestra, para las filas sin fecha
ui-read-lacks-day = Falta la fecha: escriba cuándo se tomó la muestra.
ui-read-lacks-name = Falta el nombre de la prueba.
ui-read-lacks-value = Falta el resultado.
ui-read-is-kept = En su expediente
ui-read-keep =
    { $count ->
        [0] Conservar lo que marcó
        [one] Conservar 1 resultado
       *[other] Conservar { $shown } resultados
    }
ui-read-kept =
    { $count ->
        [one] Se agregó 1 resultado.
       *[other] Se agregaron { $count } resultados.
    }

## Records from files

ui-files-add = Agregar registros de un archivo
ui-files-add-title = Registros de archivos
ui-files-lead = Lo que le entregó un portal, un médico u otra aplicación. Verá qué contiene antes de que se guarde algo, y puede deshacerlo en cualquier momento.
ui-files-drop = Suelte archivos o carpetas en cualquier parte de esta ventana, o elíjalos.
ui-files-drop-here = Suelte para ver qué contienen
ui-files-choose = Elegir archivos
ui-files-choose-folder = Elegir una carpeta
ui-files-which = FHIR (JSON), documentos C-CDA, PDF, imágenes, tarjetas SMART Health Card, una exportación de Apple Salud y archivos zip o tar que los contengan. No se envía nada a ninguna parte.
ui-files-looking = Revisando los archivos…
ui-files-taking = Agregando los registros…
ui-files-stop = Detener
ui-files-preview = { $count ->
    [one] En este archivo
   *[other] En estos { $shown } archivos
}
ui-files-whose = Sobre
ui-files-whose-not-said = Los archivos no lo dicen
ui-files-born = fecha de nacimiento: { $date }
ui-files-period = Fechas que abarcan
ui-files-known = Ya está aquí
ui-files-known-none = Nada de esto
ui-files-known-some = { $known } de { $total }
ui-files-sources = Fuentes
ui-files-label = Nombre de la fuente
ui-files-unread = { $count ->
    [one] Hay algo que no se lee
   *[other] Hay { $shown } cosas que no se leen
}
ui-files-nothing = En estos archivos no hay nada que se pueda agregar.
ui-files-take = Agregarlos
ui-files-theirs = Ponerlos en el expediente de { $name }
ui-files-take-anyway = Son de { $name }: agregarlos
ui-files-leave = No agregarlos
ui-files-done = { $count ->
    [one] Se agregó un registro
   *[other] Se agregaron { $shown } registros
}
ui-files-done-none = No se agregó nada
ui-files-done-toast = { $count ->
    [one] Se agregó un registro.
   *[other] Se agregaron { $count } registros.
}
ui-files-new = { $count ->
    [one] Uno de ellos dice algo nuevo.
   *[other] { $shown } de ellos dicen algo nuevo.
}
ui-files-nothing-new = Todo estaba ya aquí.
ui-files-timeline = Mostrar la línea de tiempo
ui-files-more = Agregar más archivos
ui-files-undone = Se deshizo la importación.
ui-start-files-text = Una descarga de un portal, un documento en un disco, una carpeta de otra aplicación.
ui-import-line = Agregado { $when }: { $count ->
    [one] un registro
   *[other] { $shown } registros
}
ui-import-undo = Deshacer esta importación
ui-import-undo-long = Deshacer la importación de { $when }
ui-import-undo-title = ¿Deshacer esta importación?
ui-import-undo-lead = Lo que se agregó { $when } para { $sources } se borra de esta computadora. Lo que otros también dicen se queda. Sus archivos se quedan donde están.
ui-import-undo-stay = Conservarla
ui-record-from-document = Del documento

## What a person adds of their own

ui-own-add = Agregar
ui-own-add-long = Agregar a { $list }
ui-own-add-measurement = Agregar una medición
ui-own-title = Agregar algo propio
ui-own-title-medicine = Agregar un medicamento
ui-own-title-allergy = Agregar una alergia
ui-own-title-problem = Agregar un problema
ui-own-title-measurement = Agregar una medición
ui-own-title-result = Agregar un resultado
ui-own-title-vaccine = Agregar una vacuna
ui-own-title-visit = Agregar una visita
ui-own-title-change = Cambiar lo que agregó
ui-own-kind = ¿Qué quiere agregar?
ui-own-kind-none = Elija
ui-own-kind-medicine = Un medicamento
ui-own-kind-allergy = Una alergia
ui-own-kind-problem = Un problema o enfermedad
ui-own-kind-measurement = Una medición
ui-own-kind-result = Un resultado de laboratorio
ui-own-kind-vaccine = Una vacuna
ui-own-kind-visit = Una visita o cita
ui-own-medicine-name = Nombre y concentración
ui-own-medicine-name-hint = Como en el envase, por ejemplo lisinopril 10 mg.
ui-own-medicine-how = Dosis y cómo lo toma
ui-own-medicine-how-hint = Por ejemplo, 1 tableta cada mañana.
ui-own-medicine-reason = Para qué lo toma
ui-own-allergy-name = A qué reacciona
ui-own-allergy-reaction = Qué pasó
ui-own-allergy-reaction-hint = Por ejemplo, ronchas o dificultad para respirar.
ui-own-severity = Qué tan grave fue
ui-own-severity-none = No se dice
ui-own-severity-mild = Leve
ui-own-severity-moderate = Moderada
ui-own-severity-severe = Grave
ui-own-problem-name = Cómo se llama
ui-own-vaccine-name = Vacuna
ui-own-vaccine-name-hint = Su nombre, o contra qué es.
ui-own-vaccine-place = Dónde se la pusieron
ui-own-vaccine-lot = Número de lote
ui-own-vaccine-date = Cuándo se la pusieron
ui-own-visit-name = Para qué fue
ui-own-visit-place = Dónde o con quién
ui-own-visit-date = Cuándo fue o será
ui-own-visit-note = Qué se dijo y se hizo
ui-own-result-name = Prueba
ui-own-result-value = Resultado
ui-own-result-value-hint = Un número o palabras, por ejemplo 131 o Negativo.
ui-own-result-date = Cuándo se tomó la muestra
ui-own-range = Rango habitual
ui-own-range-hint = Como lo imprime el laboratorio, por ejemplo 70-99.
ui-own-flag = Marcado por el laboratorio como
ui-own-flag-none = Sin marca
ui-own-flag-high = Alto
ui-own-flag-low = Bajo
ui-own-flag-critical-high = Críticamente alto
ui-own-flag-critical-low = Críticamente bajo
ui-own-flag-abnormal = Anormal
ui-own-flag-critical = Crítico
ui-own-since = Desde cuándo
ui-own-stopped = Ya no lo tomo
ui-own-over = Ya pasó
ui-own-until = Hasta cuándo
ui-own-note = Nota
ui-own-what = Qué midió
ui-own-value = Valor
ui-own-upper = Número mayor
ui-own-lower = Número menor
ui-own-unit = Unidad
ui-own-measured-date = Día
ui-own-time = Hora
ui-own-time-hint = Por ejemplo, { $example }.
ui-own-time-unreadable = Escriba horas y minutos.
ui-own-lead = Queda marcado como suyo, al lado de lo que dicen sus proveedores, y no cambia nada de eso.
ui-own-save = Guardar
ui-own-added = Agregado.
ui-own-changed = Cambiado.
ui-own-deleted = Borrado.
ui-own-change = Cambiar
ui-own-delete = Borrar
ui-own-when = Agregado aquí, { $when }
ui-own-mark = Agregado aquí
ui-own-read = Leído de un documento por usted:
ui-own-erase = Quitarlos todos
ui-state-own = Agregado por usted
